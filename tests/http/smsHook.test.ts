import { afterEach, beforeEach, expect, test } from 'vitest'
import { callSignature, signCall } from '../../server/base/signedCall.ts'
import { deliverNext } from '../../server/cases/deliverNext.ts'
import { openCase } from '../../server/cases/openCase.ts'
import { sendToApplicant } from '../../server/cases/sendToApplicant.ts'
import { systemActor } from '../../server/identity/actor.ts'
import { marko, petition } from '../support/filing.ts'
import { hookSecret, testSms, type TestSms } from '../support/smsGateway.ts'
import { citizen, testTown, type TestTown } from '../support/town.ts'
import { testWeb, type TestWeb } from '../support/web.ts'

let town: TestTown
let zagora: TestTown
let sms: TestSms
let web: TestWeb

beforeEach(async () => {
  town = await testTown({ sms: (clock) => testSms({ clock }).then((made) => (sms = made).channel) })
  zagora = await town.neighbor('stara-zagora')
  web = await testWeb(town, {
    others: [zagora], settings: { SMS_HOOK_SECRET: hookSecret }, neighbors: { links: [{ system: 'sms', mode: 'simulator' }] },
  })
})

afterEach(async () => {
  await web.close()
  await sms.close()
  await town.close()
})

/** Jovana's request with a receipt on its way, and her browser. */
async function receiptSent() {
  const jovana = await citizen(town)
  const browser = await web.browser(jovana)
  const { case: filed } = await openCase(town.contextFor(jovana), petition({ applicant: { ...marko, phone: '064 123 4567' } }))
  const machine = { ...town.contextFor(systemActor('test')), publicUrl: web.url }
  await sendToApplicant(machine, filed.id, 'receipt', { onlyOnce: '1' })
  while (await deliverNext(machine, ['send-sms']));
  const messages = async () => (await browser.get<{ messages: Record<string, unknown>[] }>(`/cases/${filed.id}`)).body.messages
  return { browser, filed, messages }
}

const report = (reference: string, change = {}): string =>
  JSON.stringify({ reference, status: 'delivered', at: new Date(town.clock.now()).toISOString(), ...change })

/** `signedFor`: the town whose hook the signature is of. */
function call(
  body: string, { at = town.clock.now(), secret = hookSecret, tenant = 'sombor', signedFor = '' } = {},
): Promise<Response> {
  const headers = { [callSignature]: signCall(secret, { path: `/hooks/${signedFor || tenant}/sms`, body }, at) }
  return fetch(`${web.url}/hooks/${tenant}/sms`, { method: 'POST', body, headers })
}

test('what the gateway reports over the wire stands on the citizen’s page', async () => {
  const { messages } = await receiptSent()
  expect(await messages()).toMatchObject([{ channel: 'email', state: 'waiting' }, { channel: 'sms', state: 'sent', address: '+381641234567' }])

  town.clock.advance(1000)
  await sms.gateway.reported()

  expect(await messages()).toMatchObject([{}, { channel: 'sms', state: 'delivered' }])
})

test('a report that is not signed, signed with another secret, for another town or recorded long ago changes nothing', async () => {
  const { messages } = await receiptSent()
  const body = report(sms.gateway.messages()[0]!.reference)

  const replies = [
    await fetch(`${web.url}/hooks/sombor/sms`, { method: 'POST', body }),
    await call(body, { secret: 'a secret that nobody told us' }),
    await call(body, { at: town.clock.now() - 5 * 60_000 - 1 }),
    await call(body, { at: town.clock.now() + 5 * 60_000 + 1 }),
    await call(body, { signedFor: 'stara-zagora' }),
  ]

  for (const reply of replies) expect([reply.status, ((await reply.json()) as { code: string }).code]).toEqual([403, 'call-not-signed'])
  expect(await messages()).toMatchObject([{}, { state: 'sent' }])
})

test('a report that comes twice is taken twice and noted once', async () => {
  const { messages } = await receiptSent()
  const body = report(sms.gateway.messages()[0]!.reference)

  expect([(await call(body)).status, (await call(body)).status]).toEqual([204, 204])

  expect(await messages()).toMatchObject([{}, { state: 'delivered' }])
})

test('a message is known in its own town only, and what is no report is refused', async () => {
  await receiptSent()
  const { reference } = sms.gateway.messages()[0]!

  expect((await call(report(reference), { tenant: 'stara-zagora' })).status).toBe(404)
  expect((await call(report('01930000-0000-7000-8000-000000000000'))).status).toBe(404)
  expect((await call(report(reference, { status: 'read' }))).status).toBe(400)
  expect((await call('no json')).status).toBe(400)
  expect((await call(`"${'x'.repeat(17 * 1024)}"`)).status).toBe(413)
})

test('a signed-in citizen chooses by the page, and finds it chosen', async () => {
  const { browser } = await receiptSent()

  const refused = await browser.change<{ faults: unknown[] }>('PUT', '/me/notices', { notices: 'sms', phone: '025 412 345' })
  expect(refused.body.faults).toMatchObject([{ field: 'phone', code: 'not-a-mobile' }])
  expect((await browser.change('PUT', '/me/notices', { notices: 'both', phone: '064 999 8877' })).status).toBe(204)

  const { body } = await browser.get<{ contact: { notices: string; phone: string } }>('/me')
  expect(body.contact).toMatchObject({ notices: 'both', phone: '064 999 8877' })
})
