import { afterEach, beforeEach, expect, test } from 'vitest'
import { quietLog } from '../../server/base/log.ts'
import { chooseNotices } from '../../server/cases/chooseNotices.ts'
import type { ApplicantGiven } from '../../server/cases/draft.ts'
import type { Context } from '../../server/cases/context.ts'
import { newsKinds } from '../../server/cases/message.ts'
import { noteReport } from '../../server/cases/noteReport.ts'
import { openCase, type OpenedCase } from '../../server/cases/openCase.ts'
import { readCase } from '../../server/cases/readCase.ts'
import { sendToApplicant, writeToApplicant } from '../../server/cases/sendToApplicant.ts'
import { setStatus } from '../../server/cases/setStatus.ts'
import { tenantsWithWork } from '../../server/cases/store/outboxRows.ts'
import { systemActor } from '../../server/identity/actor.ts'
import { smsParts } from '../../server/rules/sms/smsParts.ts'
import { startOutbox, type OutboxLoop } from '../../server/workers/loops/deliverOutbox.ts'
import { marko, petition } from '../support/filing.ts'
import { testSms, type TestSms } from '../support/smsGateway.ts'
import { citizen, clerk, testTown, visitor, type TestTown } from '../support/town.ts'

let town: TestTown
let sms: TestSms
let outbox: OutboxLoop

const withPhone: ApplicantGiven = { ...marko, phone: '064/123-45-67' }
/** Nothing listens where gateways would report: what is reported is told by the test. */
const system = (): Context => town.contextFor(systemActor('test'))

beforeEach(async () => {
  town = await testTown({ sms: (clock) => testSms({ clock }).then((made) => (sms = made).channel) })
  outbox = startOutbox({
    tenantsWithWork: (at) => tenantsWithWork(town.pool, at), clock: town.clock, log: quietLog,
    contextFor: (_tenant, actor) => town.contextFor(actor),
  })
})

afterEach(async () => {
  await outbox.close()
  await sms.close()
  await town.close()
})

async function filed(applicant: Partial<ApplicantGiven> = {}, language = 'sr-Latn'): Promise<OpenedCase> {
  return openCase(town.contextFor(visitor()), petition({ applicant: { ...withPhone, ...applicant }, language }))
}

async function written(caseId: string, kind: 'receipt' | 'act' | 'notice', onlyOnce = 'job 1'): Promise<void> {
  await sendToApplicant(system(), caseId, kind, { onlyOnce })
  outbox.wake()
  await outbox.idle()
}

const messagesOf = async ({ case: { id } }: OpenedCase) => (await readCase(system(), id)).messages

test('the receipt comes by e-mail and by SMS within a minute, once each, however often the job comes', async () => {
  const opened = await filed()

  await written(opened.case.id, 'receipt')
  await written(opened.case.id, 'receipt')

  expect(town.sentMails).toHaveLength(1)
  expect(sms.gateway.messages()).toHaveLength(1)
  expect(sms.gateway.messages()[0]!.to).toBe('+381641234567')
  expect(await messagesOf(opened)).toMatchObject([
    { channel: 'email', status: 'sent', attempts: 1, address: 'marko@primer.example' },
    { channel: 'sms', status: 'sent', attempts: 1, address: '+381641234567' },
  ])
  // The clock of the test has not moved.
  expect((await messagesOf(opened)).every(({ createdAt, sentAt }) => sentAt!.getTime() - createdAt.getTime() < 60_000)).toBe(true)
})

test.each(['sr-Latn', 'sr-Cyrl', 'bg', 'ro', 'hu', 'en'])('every text message in %s has number, link and no code, in two parts at most', async (language) => {
  const opened = await filed({ notices: 'sms' }, language)
  const { accessCode, case: { number } } = opened

  const pack = await town.packages.version('petition', opened.case.packageVersion)
  const gaps = { missing: '– …', answerBy: '…', reason: '…' }
  for (const kind of newsKinds) {
    await system().db.transaction((trx) => writeToApplicant(trx, system(), { case: opened.case, package: pack, kind, gaps, onlyOnce: kind }))
  }
  outbox.wake()
  await outbox.idle()

  const texts = sms.gateway.messages().map(({ text }) => text)
  expect(texts).toHaveLength(newsKinds.length)
  for (const text of texts) {
    expect(text).toContain(number)
    expect(text).toContain(`http://salter.example/sombor/status?n=${number}`)
    expect(text).not.toMatch(/[{}]|undefined/)
    expect(text.replace(/\s/g, '')).not.toContain(accessCode)
    expect(smsParts(text).parts).toBeLessThanOrEqual(2)
  }
  expect(texts.at(-1)).toContain(language === 'en' ? '24/12/2026' : '24')
  if (language === 'sr-Latn') expect(texts.join()).not.toMatch(/[а-яђјљњћџ]/i)
})

test('a town that saves writes the same in plain Latin, in one part', async () => {
  const opened = await filed({ notices: 'sms' }, 'sr-Cyrl')
  const thrifty = { ...system(), tenant: { ...town.tenant, smsLetters: 'plain-latin' as const } }

  await sendToApplicant(thrifty, opened.case.id, 'notice', { onlyOnce: '1' })
  outbox.wake()
  await outbox.idle()

  expect(sms.gateway.messages()).toMatchObject([{ encoding: 'gsm-7', parts: 1 }])
  expect(sms.gateway.messages()[0]!.text).toMatch(/^Grad Sombor: novost u predmetu /)
})

test.each([
  ['email', 1, 0],
  ['sms', 0, 1],
  ['both', 1, 1],
] as const)('who chose %s gets later news so', async (notices, mails, texts) => {
  const opened = await filed({ notices })

  await written(opened.case.id, 'act')

  expect(town.sentMails).toHaveLength(mails)
  expect(sms.gateway.messages()).toHaveLength(texts)
})

test('who chose SMS and left a landline is asked for a mobile', async () => {
  await expect(filed({ notices: 'sms', phone: '025 412 345' })).rejects.toMatchObject({
    code: 'form-has-faults', faults: [{ key: 'applicant.phone', code: 'not-a-mobile' }],
  })
  await expect(filed({ notices: 'both', phone: '', email: '' })).rejects.toMatchObject({
    faults: [{ key: 'applicant.email', code: 'required' }, { key: 'applicant.phone', code: 'required' }],
  })
})

test('who chose SMS need not have e-mail', async () => {
  const opened = await filed({ notices: 'sms', email: '' })

  await written(opened.case.id, 'receipt')

  expect(town.sentMails).toEqual([])
  expect(sms.gateway.messages()).toHaveLength(1)
})

test('a landline is no fault where nobody is to write to it', async () => {
  const opened = await filed({ phone: '025 412 345' })

  await written(opened.case.id, 'receipt')

  expect(town.sentMails).toHaveLength(1)
  expect(sms.gateway.messages()).toEqual([])
})

test('a case that waits for the applicant says so, once', async () => {
  const opened = await filed({ notices: 'both' })

  await setStatus(system(), opened.case.id, 'in-progress', 'job 1')
  await setStatus(system(), opened.case.id, 'waiting-for-you', 'job 2')
  await setStatus(system(), opened.case.id, 'waiting-for-you', 'job 2')
  await outbox.idle()
  outbox.wake()
  await outbox.idle()

  expect(town.sentMails.map(({ subject }) => subject)).toEqual([`${opened.case.number}: novost u Vašem predmetu`])
  expect(sms.gateway.messages()).toHaveLength(1)
})

test('a gateway that is down holds up no e-mail, and the message goes when it is back', async () => {
  sms.gateway.setDown(true)
  const opened = await filed()
  await written(opened.case.id, 'receipt')
  expect(town.sentMails).toHaveLength(1)
  expect(await messagesOf(opened)).toMatchObject([{ channel: 'email', status: 'sent' }, { channel: 'sms', status: 'waiting', attempts: 1 }])

  sms.gateway.setDown(false)
  town.clock.advance(60_000)
  await outbox.idle()

  expect(sms.gateway.messages()).toHaveLength(1)
  expect(await messagesOf(opened)).toMatchObject([{}, { status: 'sent' }])
})

test('a number that is refused is told to clerk and citizen, and to the administrator', async () => {
  const opened = await filed({ phone: '064 123 9901' })

  await written(opened.case.id, 'receipt')

  expect(await messagesOf(opened)).toMatchObject([{}, { channel: 'sms', status: 'failed', failure: 'refused' }])
  const timeline = (await readCase(system(), opened.case.id)).timeline
  expect(timeline.map(({ kind, facts }) => [kind, facts.channel])).toContainEqual(['message-failed', 'sms'])
})

test('arrival is noted, and stays when an older report comes after it', async () => {
  const opened = await filed({ notices: 'sms', email: '' })
  await written(opened.case.id, 'receipt')
  const messageId = (await messagesOf(opened))[0]!.id
  const at = new Date(town.clock.now() + 1000)

  await noteReport(system(), { messageId, at, status: 'delivered' })
  await noteReport(system(), { messageId, at, status: 'failed', reason: 'absent-subscriber' })

  expect(await messagesOf(opened)).toMatchObject([{ status: 'delivered', deliveredAt: at, failure: null }])
})

test('a message that never arrives is told once, however often it is reported', async () => {
  const opened = await filed({ notices: 'sms', email: '' })
  await written(opened.case.id, 'receipt')
  const messageId = (await messagesOf(opened))[0]!.id

  for (let times = 0; times < 2; times++) {
    await noteReport(system(), { messageId, at: new Date(town.clock.now()), status: 'failed', reason: 'absent-subscriber' })
  }

  expect(await messagesOf(opened)).toMatchObject([{ status: 'failed', failure: 'undelivered' }])
  const { timeline } = await readCase(system(), opened.case.id)
  expect(timeline.filter(({ kind }) => kind === 'message-failed')).toHaveLength(1)
})

test('a report may be quicker than the answer to the message itself', async () => {
  const opened = await filed({ notices: 'sms', email: '' })
  const slow = { name: 'sms' as const, check: async () => undefined, send: async ({ id }: { id: string }) => {
    await noteReport(system(), { messageId: id, at: new Date(town.clock.now()), status: 'delivered' })
    return { externalId: 'x' }
  } }
  await outbox.close()
  outbox = startOutbox({
    tenantsWithWork: (at) => tenantsWithWork(town.pool, at), clock: town.clock, log: quietLog,
    contextFor: (_tenant, actor) => ({ ...town.contextFor(actor), channels: { ...town.contextFor(actor).channels, sms: slow } }),
  })

  await written(opened.case.id, 'receipt')

  expect(await messagesOf(opened)).toMatchObject([{ status: 'delivered' }])
})

test('a signed-in citizen changes the way at any time, for the requests that run already', async () => {
  const jovana = town.contextFor(await citizen(town))
  const opened = await openCase(jovana, petition({ applicant: { ...marko, email: 'jovana@primer.example' } }))
  await written(opened.case.id, 'act', '1')
  expect(town.sentMails).toHaveLength(1)

  await chooseNotices(jovana, { notices: 'sms', phone: '064 765 4321' })
  await written(opened.case.id, 'act', '2')

  expect(town.sentMails).toHaveLength(1)
  expect(sms.gateway.messages()).toMatchObject([{ to: '+381647654321' }])
  await expect(chooseNotices(jovana, { notices: 'sms', phone: '011 123 456' })).rejects.toMatchObject({
    faults: [{ key: 'phone', code: 'not-a-mobile' }],
  })
  const ana = town.contextFor(clerk(town, 'ana.kovac'))
  await expect(chooseNotices(ana, { notices: 'email', phone: '' })).rejects.toMatchObject({ code: 'not-allowed' })
})

test('nobody’s telephone is flooded through our forms: after twenty a day a number gets no more, and the case says so', async () => {
  const opened = await filed({ notices: 'sms', email: '' })

  for (let times = 0; times < 21; times++) await sendToApplicant(system(), opened.case.id, 'notice', { onlyOnce: `job ${times}` })
  outbox.wake()
  await outbox.idle()

  expect(sms.gateway.messages()).toHaveLength(20)
  expect((await messagesOf(opened)).at(-1)).toMatchObject({ status: 'failed', failure: 'too-many' })
  town.clock.advance(24 * 3_600_000)
  await written(opened.case.id, 'notice', 'tomorrow')
  expect(sms.gateway.messages()).toHaveLength(21)
})

test('a town without SMS offers none and sends none', async () => {
  const without = (context: Context): Context => ({ ...context, channels: { email: context.channels.email } })
  const asking = without(town.contextFor(visitor()))
  await expect(openCase(asking, petition({ applicant: { ...withPhone, notices: 'sms' } }))).rejects.toMatchObject({
    faults: [{ key: 'applicant.notices', code: 'not-an-option' }],
  })
  const opened = await openCase(asking, petition({ applicant: withPhone }))

  await sendToApplicant(without(system()), opened.case.id, 'receipt', { onlyOnce: '1' })
  outbox.wake()
  await outbox.idle()

  expect(town.sentMails).toHaveLength(1)
  expect(sms.gateway.messages()).toEqual([])
})
