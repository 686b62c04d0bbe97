import { afterEach, beforeEach, expect, test } from 'vitest'
import { deliverNext } from '../../../server/cases/deliverNext.ts'
import { noteFee } from '../../../server/cases/noteFee.ts'
import { openCase } from '../../../server/cases/openCase.ts'
import { askForPayment } from '../../../server/cases/payments/askForPayment.ts'
import { notePayment } from '../../../server/cases/payments/notePayment.ts'
import type { Payment } from '../../../server/cases/payments/payment.ts'
import { readCase } from '../../../server/cases/readCase.ts'
import { systemActor, type Actor } from '../../../server/identity/actor.ts'
import { isPaymentReference } from '../../../server/rules/payments/paymentReference.ts'
import { startBank, type Bank, type Way } from '../../../server/outside/payments/simulator.ts'
import { extract, giveTask } from '../../support/filing.ts'
import { citizen, clerk, testTown, type TestTown } from '../../support/town.ts'
import { testWeb, type Browser, type TestWeb } from '../../support/web.ts'

const hookSecret = 'a secret that the bank knows, for tests'
let town: TestTown
let zagora: TestTown
let web: TestWeb
let bank: Bank
let jovana: Actor

beforeEach(async () => {
  town = await testTown()
  zagora = await town.neighbor('stara-zagora')
  web = await testWeb(town, { others: [zagora], settings: { PAYMENTS_HOOK_SECRET: hookSecret } })
  bank = await startBank({ port: 0, hooks: web.url, hookSecret, clock: town.clock })
  jovana = await citizen(town)
})

afterEach(async () => {
  await bank.close()
  await web.close()
  await town.close()
})

const system = () => town.contextFor(systemActor('test'))

/** Jovana's extract, for which 520 dinars are asked. */
async function asked(feeMinor = 52_000): Promise<Payment> {
  const { case: filed } = await openCase(town.contextFor(jovana), extract())
  await noteFee(system(), filed.id, feeMinor)
  return (await askForPayment(system(), filed.id))!
}

const slipOf = ({ reference, sum }: Payment) => ({ tenant: 'sombor', reference, amountMinor: sum.minor, currency: sum.currency })
const paymentOf = async ({ caseId }: Payment) => (await readCase(system(), caseId)).payment!

/** What the engine has been told of payments. */
async function messages(): Promise<string[]> {
  while (await deliverNext(system(), ['publish-message']));
  return town.engine.published.filter(({ name }) => name === 'payment-received').map(({ correlationKey }) => correlationKey)
}

test('a fee is asked for once, under a reference that banks can check, with a slip and its code', async () => {
  const payment = await asked()

  expect(await askForPayment(system(), payment.caseId)).toEqual(payment)
  expect(isPaymentReference('rs', payment.reference)).toBe(true)
  const { slip, payment: kept } = await paymentOf(payment)
  expect(kept).toMatchObject({ state: 'asked', receivedMinor: 0, sum: { minor: 52_000, currency: 'RSD' } })
  expect(slip).toMatchObject({ payee: 'Град Сомбор', account: '999-0000000012345-73', model: '97' })
  expect(slip?.ips).toMatch(/^K:PR\|V:01\|C:1\|R:999000000001234573\|N:Град Сомбор\|I:RSD520,00\|SF:253\|S:Такса [^|]+\|RO:97\d{15}$/)
})

test('where nothing is due nothing is asked', async () => {
  const { case: filed } = await openCase(town.contextFor(jovana), extract())
  expect(await askForPayment(system(), filed.id)).toBeNull()

  await noteFee(system(), filed.id, 0)

  expect(await askForPayment(system(), filed.id)).toBeNull()
  expect((await readCase(system(), filed.id)).payment).toBeNull()
})

test('a town that has named no account takes fees in its own way', async () => {
  const { case: filed } = await openCase(town.contextFor(jovana), extract())
  await noteFee(system(), filed.id, 52_000)
  const { payments: _, ...tenant } = town.tenant

  expect(await askForPayment({ ...system(), tenant }, filed.id)).toBeNull()
})

test.each<[Way, string, number]>([
  ['exact', 'paid', 52_000],
  ['twice-told', 'paid', 52_000],
  ['short', 'short', 26_000],
  ['over', 'over', 57_200],
  ['double', 'double', 104_000],
  ['late', 'late', 52_000],
])('what a bank tells as %s stands as %s', async (way, state, received) => {
  const payment = await asked()

  const replies = await bank.pay(slipOf(payment), way)

  expect(new Set(replies)).toEqual(new Set([204]))
  expect((await paymentOf(payment)).payment).toMatchObject({ state, receivedMinor: received })
  expect(await messages()).toEqual(state === 'short' ? [] : [payment.caseId])
})

test('a payment in two parts is whole with the second, and the process is told once', async () => {
  const payment = await asked()
  await bank.pay(slipOf(payment), 'short')
  expect(await messages()).toEqual([])

  await bank.pay(slipOf(payment), 'short')
  await bank.pay({ ...slipOf(payment), amountMinor: 100 })

  expect((await paymentOf(payment)).payment).toMatchObject({ state: 'over', receivedMinor: 52_100 })
  expect(await messages()).toEqual([payment.caseId])
})

test('a bank that writes the model before the reference, or blanks into it, is understood', async () => {
  const payment = await asked()

  await bank.pay({ ...slipOf(payment), reference: `97 ${payment.reference.replace('-', ' - ')}` })

  expect((await paymentOf(payment)).payment.state).toBe('paid')
})

test('money that nobody asked for is kept, and belongs to no case', async () => {
  const payment = await asked()

  expect(await bank.pay({ ...slipOf(payment), reference: '21-058' })).toEqual([204])

  expect((await paymentOf(payment)).payment.state).toBe('asked')
  const rows = await system().db.transaction((trx) => trx('payment_receipts').select())
  expect(rows).toMatchObject([{ payment_id: null, reference: '21-058', amount_minor: 52_000 }])
})

test('a sum in another currency settles nothing, and a reference counts in its own town only', async () => {
  const payment = await asked()

  expect(await bank.pay({ ...slipOf(payment), currency: 'EUR' })).toEqual([400])
  expect(await bank.pay({ ...slipOf(payment), tenant: 'stara-zagora' })).toEqual([204])

  expect((await paymentOf(payment)).payment.state).toBe('asked')
})

test('who does not know the secret tells nothing', async () => {
  const payment = await asked()
  const stranger = await startBank({ port: 0, hooks: web.url, hookSecret: 'a secret that nobody told us', clock: town.clock })

  const replies = await stranger.pay(slipOf(payment))
  await stranger.close()

  expect(replies).toEqual([403])
  expect((await paymentOf(payment)).payment.state).toBe('asked')
})

test('two notices of one transfer at the same moment are one transfer', async () => {
  const payment = await asked()
  const transfer = {
    source: 'bank' as const, transactionId: 'one', reference: payment.reference, sum: payment.sum, paidAt: new Date(town.clock.now()),
  }

  await Promise.all([1, 2, 3, 4].map(() => notePayment(system(), transfer)))

  expect(await paymentOf(payment)).toMatchObject({ payment: { state: 'paid' }, receipts: [{ transactionId: 'one' }] })
  expect(await messages()).toHaveLength(1)
})

test('a clerk notes a slip once, sees it with the case, and another unit’s clerk cannot', async () => {
  const payment = await asked()
  const task = await giveTask(town, (await readCase(system(), payment.caseId)).case)
  const ana: Browser = await web.browser(clerk(town, 'ana.kovac'))
  const proof = { slip: 'PU-4411', amountMinor: 52_000, paidOn: '2026-11-23' }
  const note = (browser: Browser, change = {}) => browser.change('POST', `/inbox/cases/${payment.caseId}/payments`, { ...proof, ...change })

  expect((await note(await web.browser(clerk(town, 'milica.jovin')))).status).toBe(404)
  expect((await note(ana, { paidOn: '2026-11-26' })).body).toMatchObject({ code: 'paid-in-future' })
  expect((await note(ana)).status).toBe(204)
  expect((await note(ana)).body).toMatchObject({ code: 'slip-already-noted' })

  const { body } = await ana.get<{ case: Record<string, unknown> }>(`/inbox/tasks/${task.id}?language=en`)
  expect(body.case).toMatchObject({ mayRecordPayment: true, payment: { state: 'paid', receipts: [{ source: 'paper' }] } })
  expect(await messages()).toEqual([payment.caseId])
})

test('the citizen reads on the own page what to pay and how it stands', async () => {
  const payment = await asked()
  const browser = await web.browser(jovana)
  await bank.pay(slipOf(payment), 'short')

  const { body } = await browser.get<{ payment: unknown }>(`/cases/${payment.caseId}?language=en`)

  expect(body.payment).toMatchObject({
    state: 'short', sum: { minor: 52_000 }, received: { minor: 26_000 }, difference: { minor: 26_000 }, slip: { reference: payment.reference },
  })
})

test('in Bulgaria the slip has a creditor reference and no Serbian code', async () => {
  const yordanka = await citizen(zagora, { name: 'Йорданка Цветкова', number: '8501011018' })
  const { case: filed } = await openCase(zagora.contextFor(yordanka), extract({ language: 'bg', answers: {
    duplicateOf: 'marriage', medium: 'paper', speed: 'normal', relation: 'self', birthFamilyName: 'Колева', personalNumber: '8501011018',
    birthDate: '1985-01-01', registerArea: 'Стара Загора', copies: 1, eventDate: '2009-09-05', spouseName: 'Цветан Цветков',
  } }))
  const machine = zagora.contextFor(systemActor('test'))
  await noteFee(machine, filed.id, 256)

  const payment = await askForPayment(machine, filed.id)

  expect(payment?.reference).toMatch(/^RF\d\d\d{10}$/)
  expect((await readCase(machine, filed.id)).payment?.slip).toMatchObject({ account: 'BG08SALT12345678901234', ips: null, model: null })
})
