import { afterEach, beforeEach, expect, test } from 'vitest'
import { quietLog } from '../../server/base/log.ts'
import { Refusal } from '../../server/base/errors.ts'
import type { ProcessMessage } from '../../server/cases/context.ts'
import { openCase } from '../../server/cases/openCase.ts'
import { readCase } from '../../server/cases/readCase.ts'
import { sendToApplicant } from '../../server/cases/sendToApplicant.ts'
import { tenantsWithWork } from '../../server/cases/store/outboxRows.ts'
import { systemActor } from '../../server/identity/actor.ts'
import { startOutbox, type OutboxLoop } from '../../server/workers/loops/deliverOutbox.ts'
import { marko, petition } from '../support/filing.ts'
import { testTown, visitor, type TestTown } from '../support/town.ts'

let town: TestTown
let outbox: OutboxLoop | undefined

beforeEach(async () => {
  town = await testTown({ tenant: 'sombor' })
})

afterEach(async () => {
  await outbox?.close()
  outbox = undefined
  await town.close()
})

const minuteMs = 60_000
const hourMs = 60 * minuteMs

test('what is filed reaches the engine once, with its own id as message id', async () => {
  const { case: filed } = await openCase(town.contextFor(visitor()), petition())

  await start().idle()

  expect(town.engine.published).toMatchObject([{ name: 'sombor--petition--start', messageId: filed.id, correlationKey: filed.id }])
  expect(town.wakes()).toBe(1)
})

test('a form sent while the engine is down is delivered when it is back', async () => {
  town.engine.isDown = true
  await openCase(town.contextFor(visitor()), petition())
  await start().idle()
  expect(town.engine.published).toEqual([])

  town.engine.isDown = false
  town.clock.advance(2 * minuteMs)
  await outbox!.idle()

  expect(town.engine.published).toHaveLength(1)
})

test('a start message waits for its process to be deployed', async () => {
  let isDeployed = false
  await openCase(town.contextFor(visitor()), petition())
  outbox = makeOutbox({}, () => isDeployed)
  await outbox.idle()
  expect(town.engine.published).toEqual([])

  isDeployed = true
  town.clock.advance(1000)
  await outbox.idle()

  expect(town.engine.published).toHaveLength(1)
})

test('a message the engine has already is not sent a third time', async () => {
  const { case: filed } = await openCase(town.contextFor(visitor()), petition())
  town.engine.published.push({
    name: 'sombor--petition--start',
    correlationKey: filed.id,
    messageId: filed.id,
    timeToLiveMs: 1,
    variables: {},
  })

  await start().idle()

  expect(await rows()).toMatchObject([{ delivered_at: expect.any(Date), stalled_at: null }])
})

test('two loops on one outbox deliver everything once', async () => {
  for (let at = 0; at < 20; at++) await openCase(town.contextFor(visitor()), petition())

  const second = makeOutbox()
  await Promise.all([start().idle(), second.idle()])
  await second.close()

  expect(town.engine.published).toHaveLength(20)
  expect((await rows()).every((row) => row.attempts === 1)).toBe(true)
})

test('what a loop took and died with comes again', async () => {
  await openCase(town.contextFor(visitor()), petition())
  // Taken, counted, never settled: as after a power cut.
  await town.contextFor(visitor()).db.transaction((trx) => trx('outbox').update({
    attempts: 1,
    next_at: new Date(town.clock.now() + minuteMs),
  }))
  await start().idle()
  expect(town.engine.published).toEqual([])

  town.clock.advance(minuteMs)
  await outbox!.idle()

  expect(town.engine.published).toHaveLength(1)
})

test('an entry older than twelve hours is never sent again but shown', async () => {
  town.engine.isDown = true
  await openCase(town.contextFor(visitor()), petition())
  await start().idle()

  town.engine.isDown = false
  await outbox!.close()
  town.clock.advance(12 * hourMs + 1)
  await start().idle()

  expect(town.engine.published).toEqual([])
  expect(await rows()).toMatchObject([{ delivered_at: null, stalled_at: expect.any(Date), last_error: 'older than twelve hours' }])
})

test('the receipt reaches the applicant in their language, with number and code', async () => {
  const { case: filed, accessCode } = await openCase(town.contextFor(visitor()), petition({ applicant: marko, language: 'hu' }))
  const system = town.contextFor(systemActor('send-receipt'))

  await sendToApplicant(system, filed.id, 'receipt', { onlyOnce: '1' })
  await sendToApplicant(system, filed.id, 'receipt', { onlyOnce: '1' })
  await start().idle()

  expect(town.sentMails).toHaveLength(1)
  expect(town.sentMails[0]).toMatchObject({ to: 'marko@primer.example', language: 'hu', subject: `${filed.number}: a kérelem megérkezett` })
  expect(town.sentMails[0]!.text).toContain(`${accessCode.slice(0, 5)} ${accessCode.slice(5)}`)
  expect(town.sentMails[0]!.text).toContain('2026. december 24.')
  const stored = await system.db.transaction((trx) => trx('messages').first())
  expect(stored.body).not.toContain(accessCode.slice(0, 5))
})

test.each(['sr-Latn', 'sr-Cyrl', 'bg', 'ro', 'hu', 'en'])('every mail in %s has all its gaps filled', async (language) => {
  const { case: filed } = await openCase(town.contextFor(visitor()), petition({ applicant: marko, language }))
  const system = town.contextFor(systemActor('send-receipt'))

  for (const kind of ['receipt', 'act', 'notice'] as const) await sendToApplicant(system, filed.id, kind, { onlyOnce: kind })
  await start().idle()

  expect(town.sentMails).toHaveLength(3)
  for (const mail of town.sentMails) expect(mail.subject + mail.text).not.toMatch(/[{}]|undefined/)
  if (language === 'sr-Latn') expect(town.sentMails.map((mail) => mail.text).join()).not.toMatch(/[а-яђјљњћџ]/i)
})

test('who left no address is not written to', async () => {
  const { case: filed } = await openCase(town.contextFor(visitor()), petition())

  await sendToApplicant(town.contextFor(systemActor('send-receipt')), filed.id, 'receipt', { onlyOnce: '1' })
  await start().idle()

  expect(town.sentMails).toEqual([])
})

test('mail that cannot go now goes later, and the task does not wait for it', async () => {
  town.mail.isDown = true
  const { case: filed } = await openCase(town.contextFor(visitor()), petition({ applicant: marko }))
  await sendToApplicant(town.contextFor(systemActor('send-receipt')), filed.id, 'receipt', { onlyOnce: '1' })
  await start().idle()
  expect(town.engine.published).toHaveLength(1)

  town.mail.isDown = false
  town.clock.advance(2 * minuteMs)
  await outbox!.idle()

  expect(town.sentMails).toHaveLength(1)
})

test.each([
  ['a mistake of ours, or a database that is away for a moment,', new Error('connection terminated')],
  ['an engine that does not know us until our token is new', new Refusal('not-allowed', 'engine-does-not-know-us', {}, 'token expired')],
])('%s loses nothing: the entry comes again', async (_what, thrown) => {
  await openCase(town.contextFor(visitor()), petition())
  let isBroken = true
  const engine = {
    ...town.engine,
    async publishMessage(message: ProcessMessage) {
      if (isBroken) throw thrown
      await town.engine.publishMessage(message)
    },
  }
  outbox = makeOutbox({ engine })
  await outbox.idle()
  expect(await rows()).toMatchObject([{ delivered_at: null, stalled_at: null, last_error: thrown.message }])

  isBroken = false
  town.clock.advance(2 * minuteMs)
  await outbox.idle()

  expect(town.engine.published).toHaveLength(1)
})

test('what the engine refuses for good is stalled and shown', async () => {
  await openCase(town.contextFor(visitor()), petition())
  const engine = { ...town.engine, publishMessage: async () => Promise.reject(new Refusal('invalid', 'engine-refuses')) }

  outbox = makeOutbox({ engine })
  await outbox.idle()

  expect(await rows()).toMatchObject([{ delivered_at: null, stalled_at: expect.any(Date) }])
})

test('mail that is refused for good is told to staff, not to the citizen', async () => {
  const { case: filed } = await openCase(town.contextFor(visitor()), petition({ applicant: marko }))
  const system = town.contextFor(systemActor('send-receipt'))
  await sendToApplicant(system, filed.id, 'receipt', { onlyOnce: '1' })
  const refusing = {
    name: 'email' as const,
    check: async () => undefined,
    send: async () => Promise.reject(new Refusal('invalid', 'recipient-refused')),
  }

  outbox = makeOutbox({ channels: { email: refusing } })
  await outbox.idle()

  const kinds = (await readCase(system, filed.id)).timeline.map((entry) => [entry.kind, entry.forCitizen])
  expect(kinds).toContainEqual(['message-failed', false])
})

function start(): OutboxLoop {
  return (outbox = makeOutbox())
}

function makeOutbox(change = {}, isDeployed = () => true): OutboxLoop {
  return startOutbox({
    tenantsWithWork: (at) => tenantsWithWork(town.pool, at),
    contextFor: (_tenant, actor) => ({ ...town.contextFor(actor), ...change }),
    isDeployed,
    clock: town.clock,
    log: quietLog,
  })
}

function rows(): Promise<{ attempts: number; delivered_at: Date | null; stalled_at: Date | null; last_error: string | null }[]> {
  return town.contextFor(visitor()).db.transaction((trx) => trx('outbox').select())
}
