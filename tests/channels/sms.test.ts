import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { MovableClock } from '../../server/base/clock.ts'
import { Outage } from '../../server/base/errors.ts'
import { callSignature, isSignedCall } from '../../server/base/signedCall.ts'
import type { OutgoingMessage } from '../../server/channels/channel.ts'
import { liveSms } from '../../server/channels/sms/live.ts'
import { hookSecret, testSms, type TestSms } from '../support/smsGateway.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const clock = new MovableClock()
const message: OutgoingMessage = {
  id: '01930000-0000-7000-8000-000000000001', to: '+381641234567', subject: '', language: 'sr-Cyrl', attachments: [],
  text: 'Град Сомбор: "примљено" & {to} 100% \\n',
}

async function sms(options: Partial<Parameters<typeof testSms>[0]> = {}): Promise<TestSms> {
  const made = await testSms({ clock, ...options })
  closing.push(() => made.close())
  return made
}

/** A neighbor that keeps what it was sent. */
async function listener(): Promise<{ url: string; heard: { headers: Record<string, unknown>; body: string }[]; status: number }> {
  const kept = { url: '', heard: [] as { headers: Record<string, unknown>; body: string }[], status: 204 }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      kept.heard.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
      response.writeHead(kept.status).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  closing.push(() => new Promise((done) => server.close(done)))
  kept.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return kept
}

test('a text message reaches the gateway whole, with its parts counted', async () => {
  const { channel, gateway } = await sms()

  const { externalId } = await channel.send(message)

  expect(gateway.messages()).toMatchObject([
    { id: externalId, reference: message.id, from: 'Sombor', to: message.to, text: message.text, encoding: 'ucs-2', parts: 1, state: 'sent' },
  ])
})

test('a message sent again after a lost answer reaches the telephone once', async () => {
  const { channel, gateway } = await sms()

  const first = await channel.send(message)
  const second = await channel.send(message)

  expect(second).toEqual(first)
  expect(gateway.messages()).toHaveLength(1)
})

test('a number that is not in service is refused for good, without telling it', async () => {
  const { channel } = await sms()

  const sending = channel.send({ ...message, to: '+381641239901' })

  await expect(sending).rejects.toMatchObject({ name: 'Refusal', code: 'recipient-refused', facts: { responseCode: 422 } })
  await sending.catch((error: Error) => expect(error.message).not.toContain('9901'))
})

test.each([
  ['a gateway that does not answer', '+381641239902', {}],
  ['a gateway that is busy', '+381641239903', {}],
  ['a gateway that does not know our key', '+381641234567', { key: 'Bearer another' }],
])('%s is asked again later', async (_what, to, options) => {
  const { channel, gateway } = await sms({ silenceMs: 300, ...options })

  await expect(channel.send({ ...message, to })).rejects.toBeInstanceOf(Outage)

  expect(gateway.messages()).toEqual([])
})

test('a gateway that is switched off takes nothing until it is back', async () => {
  const { channel, gateway, url } = await sms()
  await fetch(`${url}/down`, { method: 'POST', redirect: 'manual' })
  await expect(channel.send(message)).rejects.toBeInstanceOf(Outage)
  await expect(channel.check()).resolves.toBeUndefined()

  await fetch(`${url}/up`, { method: 'POST', redirect: 'manual' })
  await channel.send(message)

  expect(gateway.messages()).toHaveLength(1)
})

test('nobody at the other end is an outage', async () => {
  const { channel, close } = await sms()
  await close()
  closing.pop()

  await expect(channel.check()).rejects.toBeInstanceOf(Outage)
  await expect(channel.send(message)).rejects.toBeInstanceOf(Outage)
})

test('a gateway that wants a form gets one, and nothing in a text can add a field to it', async () => {
  const neighbor = await listener()
  neighbor.status = 200
  const channel = liveSms({ url: neighbor.url, authorization: 'App key', sender: 'Grad', template: 'from={from}&to={digits}&text={text}&ref={id}' })

  await channel.send({ ...message, text: 'a&to=1 +{from}' })

  expect(neighbor.heard[0]!.headers).toMatchObject({
    'content-type': 'application/x-www-form-urlencoded', authorization: 'App key', 'idempotency-key': message.id,
  })
  expect(Object.fromEntries(new URLSearchParams(neighbor.heard[0]!.body))).toEqual({
    from: 'Grad', to: '381641234567', text: 'a&to=1 +{from}', ref: message.id,
  })
})

test.each([
  ['+381641234567', 1000, 'delivered'],
  ['+381641239904', 1000, 'failed'],
  ['+381641239905', 600_000, 'delivered'],
])('what becomes of a message to %s is reported after %i ms: %s', async (to, afterMs, status) => {
  const { channel, gateway } = await sms()
  const hook = await listener()
  await channel.send({ ...message, id: `${message.id}${to}`, to, reportTo: hook.url })
  clock.advance(afterMs - 1)
  await gateway.reported()
  expect(hook.heard).toEqual([])

  clock.advance(1)
  await gateway.reported()

  expect(hook.heard).toHaveLength(1)
  const { headers, body } = hook.heard[0]!
  const path = new URL(hook.url).pathname
  expect(JSON.parse(body)).toMatchObject({ reference: `${message.id}${to}`, status })
  expect(isSignedCall(hookSecret, String(headers[callSignature]), { path, body }, clock.now())).toBe(true)
  expect(isSignedCall(hookSecret, String(headers[callSignature]), { path, body: `${body} ` }, clock.now())).toBe(false)
  expect(isSignedCall(hookSecret, String(headers[callSignature]), { path, body }, clock.now() + 5 * 60_000 + 1)).toBe(false)
})

test('a report that finds us away comes again', async () => {
  const { channel, gateway } = await sms()
  const hook = await listener()
  hook.status = 503
  await channel.send({ ...message, reportTo: hook.url })
  clock.advance(1000)
  await gateway.reported()

  hook.status = 204
  clock.advance(5000)
  await gateway.reported()

  expect(hook.heard).toHaveLength(2)
})

test('the page shows what was sent, in the reader’s language, and no text on it becomes a tag', async () => {
  const { channel, url } = await sms()
  await channel.send({ ...message, text: '<b>грубо</b> https://salter.example/sombor/status?n=1' })

  const reply = await fetch(url, { headers: { 'accept-language': 'bg' } })
  const html = await reply.text()

  expect(html).toContain('Изпратени SMS съобщения')
  expect(html).toContain('&lt;b&gt;грубо&lt;/b&gt; <a href="https://salter.example/sombor/status?n=1">')
  expect(reply.headers.get('content-security-policy')).toContain("default-src 'none'")
})

test('another site’s page cannot press the buttons', async () => {
  const { gateway, url } = await sms()

  const reply = await fetch(`${url}/down`, { method: 'POST', headers: { origin: 'https://evil.example' } })

  expect(reply.status).toBe(403)
  expect(gateway.isDown()).toBe(false)
})
