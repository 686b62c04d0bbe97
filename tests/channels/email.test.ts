import { mkdtemp, rm } from 'node:fs/promises'
import { once } from 'node:events'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { startMailCatcher } from '../../server/channels/email/catcher.ts'
import { liveEmail } from '../../server/channels/email/live.ts'
import { startMailRelay, type RelayOptions } from '../../server/channels/email/simulator.ts'
import { brokenChannel } from '../../server/channels/outage.ts'
import type { OutgoingMessage } from '../../server/channels/channel.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function relayAndChannel(options: Partial<RelayOptions> = {}) {
  const relay = await startMailRelay({ port: 0, ...options })
  closing.push(() => relay.close())
  return { relay, email: liveEmail({ smtpUrl: `smtp://127.0.0.1:${relay.port}`, from: 'Град Сомбор <salter@sombor.example>' }) }
}

function message(change: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    id: '0193a8a1-0000-7000-8000-000000000001',
    to: 'jovana.marinkovic@primer.example',
    subject: 'Захтев је примљен: IV-201-1/2026',
    text: 'Поштовани,\n\nваш захтев је примљен. http://localhost:8080/sombor/status\n',
    language: 'sr-Cyrl',
    attachments: [],
    ...change,
  }
}

test('a letter with an attachment arrives whole, in its own script', async () => {
  const { relay, email } = await relayAndChannel()
  const receipt = { fileName: 'потврда.pdf', mediaType: 'application/pdf', bytes: Buffer.from('%PDF-1.7 receipt') }

  const { externalId } = await email.send(message({ attachments: [receipt] }))

  expect(externalId).toBe('<0193a8a1-0000-7000-8000-000000000001@sombor.example>')
  expect(relay.mails()).toMatchObject([{
    to: ['jovana.marinkovic@primer.example'],
    subject: 'Захтев је примљен: IV-201-1/2026',
    text: expect.stringContaining('ваш захтев је примљен'),
    language: 'sr-Cyrl',
    attachments: [{ fileName: 'потврда.pdf', mediaType: 'application/pdf', bytes: receipt.bytes }],
  }])
})

test('an address the relay does not know is refused for good', async () => {
  const { relay, email } = await relayAndChannel()

  const sending = email.send(message({ to: 'refuse@primer.example' }))

  await expect(sending).rejects.toMatchObject({ name: 'Refusal', code: 'recipient-refused', facts: { responseCode: 550 } })
  expect(relay.mails()).toEqual([])
})

test('a relay that says later, is switched off or does not answer is an outage, without a word about the person', async () => {
  const { relay, email } = await relayAndChannel()
  const nobody = liveEmail({ smtpUrl: 'smtp://127.0.0.1:1', from: 'salter@sombor.example' })

  await expect(email.send(message({ to: 'later@primer.example' }))).rejects.toMatchObject({ name: 'Outage' })
  await expect(nobody.send(message())).rejects.toMatchObject({ name: 'Outage' })
  await expect(nobody.check()).rejects.toMatchObject({ name: 'Outage' })
  relay.setDown(true)
  const silent = await email.send(message()).then(() => undefined, (error: Error) => error)

  expect(silent).toMatchObject({ name: 'Outage', system: 'email' })
  expect(JSON.stringify([silent, silent?.message, String((silent as { cause?: unknown })?.cause)])).not.toContain('jovana')
  relay.setDown(false)
  await email.send(message())
  expect(relay.mails()).toHaveLength(1)
})

test('a comma in an address makes no second recipient', async () => {
  const { relay, email } = await relayAndChannel()

  await email.send(message({ to: 'one@primer.example, other@primer.example' })).catch(() => undefined)

  expect(relay.mails().flatMap(({ to }) => to)).not.toContain('other@primer.example')
})

test('the outage twin throws an outage for each question', async () => {
  const broken = brokenChannel('email')

  await expect(broken.check()).rejects.toMatchObject({ name: 'Outage', system: 'email' })
  await expect(broken.send(message())).rejects.toMatchObject({ name: 'Outage', system: 'email' })
})

test('what was caught is there after a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'salter-mail-'))
  closing.push(() => rm(folder, { recursive: true }))
  const before = await relayAndChannel({ folder })
  await before.email.send(message({ subject: 'first' }))
  await before.email.send(message({ subject: 'second' }))

  const after = await startMailRelay({ port: 0, folder })
  closing.push(() => after.close())

  expect(after.mails().map(({ subject }) => subject)).toEqual(['second', 'first'])
  expect(Math.abs(Date.parse(after.mails()[0]!.receivedAt) - Date.now())).toBeLessThan(60_000)
})

test('the page shows what was sent, in the reader\'s language, and runs nothing a letter contains', async () => {
  const { relay, email } = await relayAndChannel()
  const catcher = await startMailCatcher(relay, 0)
  closing.push(() => catcher.close())
  await email.send(message({ subject: '<script>alert(1)</script>', attachments: [{ fileName: 'акт.pdf', mediaType: 'application/pdf', bytes: Buffer.from('%PDF') }] }))
  const { id } = relay.mails()[0]!

  const read = async (path: string, language = 'en') => (await fetch(`${catcher.url}${path}`, { headers: { 'accept-language': language } })).text()

  expect(await read('/')).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(await read('/')).not.toContain('<script>')
  expect(await read('/', 'ro-RO,ro;q=0.9')).toContain('<html lang="ro">')
  expect(await read(`/mails/${id}`)).toContain('<a href="http://localhost:8080/sombor/status">')
  expect(await read(`/mails/${id}/0`)).toBe('%PDF')
  expect(JSON.parse(await read('/mails.json'))).toMatchObject([{ id, attachments: [{ fileName: 'акт.pdf', size: 4 }] }])
  expect((await fetch(`${catcher.url}/mails/nothing`)).status).toBe(404)
})

test('the page switches the relay, but not for another site', async () => {
  const { relay } = await relayAndChannel()
  const catcher = await startMailCatcher(relay, 0)
  closing.push(() => catcher.close())

  const foreign = await fetch(`${catcher.url}/down`, { method: 'POST', headers: { origin: 'http://elsewhere.example' } })
  expect([foreign.status, relay.isDown()]).toEqual([403, false])
  await fetch(`${catcher.url}/down`, { method: 'POST' })

  expect(relay.isDown()).toBe(true)
})

test('the mail page answers a crippled address or a strange origin, and stays up', async () => {
  const { relay } = await relayAndChannel()
  const catcher = await startMailCatcher(relay, 0)
  closing.push(() => catcher.close())
  const statusOf = async (path: string, method: string, headers: Record<string, string> = {}): Promise<number> => {
    const asked = request({ host: '127.0.0.1', port: new URL(catcher.url).port, path, method, headers }).end()
    const [reply] = (await once(asked, 'response')) as [{ statusCode: number; resume(): void }]
    reply.resume()
    return reply.statusCode
  }

  const statuses = [await statusOf('//', 'GET'), await statusOf('/down', 'POST', { origin: 'null' }), await statusOf('/', 'GET')]

  expect(statuses).toEqual([404, 403, 200])
  expect(relay.isDown()).toBe(false)
})
