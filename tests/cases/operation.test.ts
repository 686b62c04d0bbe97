import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Context } from '../../server/cases/context.ts'
import { completeTask } from '../../server/cases/completeTask.ts'
import { claimTask } from '../../server/cases/claimTask.ts'
import { verifyAudit } from '../../server/cases/audit.ts'
import { deliverNext } from '../../server/cases/deliverNext.ts'
import { openCase } from '../../server/cases/openCase.ts'
import { discardStalled } from '../../server/cases/operation/discardStalled.ts'
import { listTroubles } from '../../server/cases/operation/listTroubles.ts'
import { resolveIncident } from '../../server/cases/operation/resolveIncident.ts'
import { retryJob } from '../../server/cases/operation/retryJob.ts'
import { sendAgain } from '../../server/cases/operation/sendAgain.ts'
import type { FailedJob, Incident, StalledEntry } from '../../server/cases/operation/trouble.ts'
import { readTask } from '../../server/cases/readTask.ts'
import { sendToApplicant } from '../../server/cases/sendToApplicant.ts'
import { auditEntriesAfter } from '../../server/cases/store/auditRows.ts'
import { systemActor } from '../../server/identity/actor.ts'
import { caseWithTask, giveTask, marko, petition } from '../support/filing.ts'
import { clerk, testTown, visitor, type TestTown } from '../support/town.ts'

const hourMs = 3_600_000
let town: TestTown
let administrator: Context
let machine: Context

beforeAll(async () => {
  town = await testTown()
  administrator = town.contextFor(clerk(town, 'nikola.duvnjak'))
  machine = town.contextFor(systemActor('deliver-outbox'))
})

beforeEach(() => {
  town.engine.shown = { incidents: [], failedJobs: [] }
  town.engine.retries = []
  town.engine.variablesSet = []
  town.engine.isDown = false
  town.mail.isDown = false
})

afterAll(() => town.close())

const lastAudit = async () => (await town.contextFor(systemActor('test')).db.transaction((trx) => auditEntriesAfter(trx, 0n, 1000))).at(-1)!

function incident(change: Partial<Incident> = {}): Incident {
  return {
    key: '2251799813685300', kind: 'JOB_NO_RETRIES', message: 'Expected an address', processId: 'sombor--petition',
    instanceKey: '2251799813685251', elementId: 'deliver-act', elementInstanceKey: '2251799813685290', jobKey: '2251799813685291',
    since: new Date(town.clock.now()), caseId: null, ...change,
  }
}

function failedJob(change: Partial<FailedJob> = {}): FailedJob {
  const { key: _, kind: __, since: ___, elementInstanceKey: ____, jobKey, ...at } = incident()
  return { key: jobKey!, type: 'deliver-act', triesLeft: 2, ...at, ...change }
}

/** A start message the engine never heard, because it was away for thirteen hours. */
async function stalledStart(): Promise<{ caseId: string; entry: StalledEntry }> {
  const { case: case_ } = await openCase(town.contextFor(visitor()), petition())
  town.clock.advance(13 * hourMs)
  while (await deliverNext(machine, ['publish-message', 'complete-job', 'send-message']));
  const { stalled } = await listTroubles(administrator)
  return { caseId: case_.id, entry: stalled.find(({ caseId }) => caseId === case_.id)! }
}

test('an administrator finds what no loop will send any more, with the case that it holds up', async () => {
  const { caseId, entry } = await stalledStart()

  const { stalled, cases } = await listTroubles(administrator)

  expect(entry).toMatchObject({ kind: 'publish-message', lastError: 'older than twelve hours' })
  expect(stalled.map(({ id }) => id)).toContain(entry.id)
  expect(cases.get(caseId)).toMatchObject({ procedure: 'petition' })
})

test('clerks, heads and citizens see nothing of it and mend nothing', async () => {
  const { entry } = await stalledStart()
  town.engine.shown!.incidents = [incident()]

  for (const actor of [clerk(town, 'milica.jovin'), clerk(town, 'vesna.radic'), visitor()]) {
    const context = town.contextFor(actor)
    await expect(listTroubles(context)).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(resolveIncident(context, incident().key, { reason: 'because I can' })).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(sendAgain(context, entry.id, { reason: 'because I can' })).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(discardStalled(context, entry.id, 'because I can')).rejects.toMatchObject({ code: 'not-allowed' })
  }
  expect(town.engine.shown!.incidents).toHaveLength(1)
})

test('an auditor looks, but does not mend', async () => {
  const auditor = town.contextFor({ ...clerk(town, 'nikola.duvnjak'), roles: ['auditor'] })
  town.engine.shown!.incidents = [incident()]

  const { incidents } = await listTroubles(auditor)

  expect(incidents).toHaveLength(1)
  await expect(resolveIncident(auditor, incident().key, { reason: 'because I can' })).rejects.toMatchObject({ code: 'not-allowed' })
})

test('a start that stalled is sent again with the same message, and the reason stays in the audit', async () => {
  const { caseId, entry } = await stalledStart()

  await sendAgain(administrator, entry.id, { reason: 'The engine was away overnight' })
  while (await deliverNext(machine, ['publish-message']));

  expect(town.engine.published.at(-1)).toMatchObject({ messageId: caseId, correlationKey: caseId })
  expect((await listTroubles(administrator)).stalled.map(({ id }) => id)).not.toContain(entry.id)
  expect(await lastAudit()).toMatchObject({
    action: 'outbox.send-again', subject: entry.id, actor: 'user-nikola.duvnjak', reason: 'The engine was away overnight',
  })
  expect((await verifyAudit(administrator)).brokenAt).toBeNull()
})

test('a start is not sent again when the case has a task: the procedure would run twice', async () => {
  const { caseId, entry } = await stalledStart()
  const opened = (await listTroubles(administrator)).cases.get(caseId)!
  await giveTask(town, opened)

  const again = sendAgain(administrator, entry.id, { reason: 'The engine was away overnight' })

  await expect(again).rejects.toMatchObject({ kind: 'wrong-state', code: 'process-has-begun' })
  expect((await listTroubles(administrator)).stalled.map(({ id }) => id)).toContain(entry.id)
})

test('a message that could not be sent goes to the corrected address', async () => {
  const { case: case_ } = await openCase(town.contextFor(visitor()), petition({ applicant: { ...marko, email: 'marko@primer.exampel' } }))
  await sendToApplicant(machine, case_.id, 'notice', { onlyOnce: 'operation test' })
  town.mail.isDown = true
  await deliverNext(machine, ['send-message'])
  town.clock.advance(13 * hourMs)
  while (await deliverNext(machine, ['send-message']));
  town.mail.isDown = false
  const entry = (await listTroubles(administrator)).stalled.find(({ caseId, kind }) => caseId === case_.id && kind === 'send-message')!

  await sendAgain(administrator, entry.id, { reason: 'Two letters were swapped', address: 'marko@primer.example' })
  while (await deliverNext(machine, ['send-message']));

  expect(entry.address).toBe('marko@primer.exampel')
  expect(town.sentMails.at(-1)).toMatchObject({ to: 'marko@primer.example' })
  const audit = await lastAudit()
  expect(JSON.stringify([audit.reason, audit.facts])).not.toContain('primer.example')
})

test('a completion given up puts the task back on the clerk’s desk with all that was filled in', async () => {
  const { task } = await caseWithTask(town, town.contextFor(visitor()))
  const milica = town.contextFor(clerk(town, 'milica.jovin'))
  await claimTask(milica, task.id)
  await completeTask(milica, task.id, { decision: 'answer' })
  town.engine.isDown = true
  await deliverNext(machine, ['complete-job'])
  town.clock.advance(13 * hourMs)
  while (await deliverNext(machine, ['complete-job']));
  town.engine.isDown = false
  const entry = (await listTroubles(administrator)).stalled.find(({ taskId }) => taskId === task.id)!

  await discardStalled(administrator, entry.id, 'The clerk decided otherwise meanwhile')

  const audit = await lastAudit()
  const { task: again } = await readTask(milica, task.id)
  expect(again).toMatchObject({ status: 'open', holder: 'user-milica.jovin', draft: { decision: 'answer' } })
  expect(audit).toMatchObject({ action: 'outbox.discard', reason: 'The clerk decided otherwise meanwhile' })
})

test('resolving an incident gives its job new tries, sets corrected values first, and keeps their names but not the values', async () => {
  town.engine.shown!.incidents = [incident()]
  town.engine.livingJobs.add(incident().jobKey!)

  await resolveIncident(administrator, incident().key, { reason: 'The unit was named wrongly', variables: { unit: 'registry' } })

  expect(town.engine.variablesSet).toEqual([{ elementInstanceKey: incident().elementInstanceKey, variables: { unit: 'registry' } }])
  expect(town.engine.retries).toEqual([{ jobKey: incident().jobKey, retries: 3 }])
  expect(town.engine.shown!.incidents).toEqual([])
  const audit = await lastAudit()
  expect(audit).toMatchObject({ action: 'incident.resolve', reason: 'The unit was named wrongly', facts: { variables: ['unit'] } })
  expect(JSON.stringify(audit.facts)).not.toContain('registry')
})

test('an incident without a job is only resolved', async () => {
  town.engine.shown!.incidents = [incident({ jobKey: null, kind: 'CONDITION_ERROR' })]

  await resolveIncident(administrator, incident().key, { reason: 'The diagram was mended' })

  expect(town.engine.retries).toEqual([])
  expect(town.engine.shown!.incidents).toEqual([])
})

test('nobody reaches into another town’s processes, and the ids that tie a process to its case stay', async () => {
  town.engine.shown!.incidents = [incident({ processId: 'stara-zagora--petition' }), incident({ key: '2251799813685301' })]
  town.engine.shown!.failedJobs = [failedJob({ processId: 'stara-zagora--petition' })]

  const seen = await listTroubles(administrator)

  expect(seen.incidents!.map(({ key }) => key)).toEqual(['2251799813685301'])
  expect(seen.failedJobs).toEqual([])
  await expect(resolveIncident(administrator, incident().key, { reason: 'A neighbor asked' })).rejects.toMatchObject({ kind: 'not-found' })
  await expect(retryJob(administrator, failedJob().key, 'A neighbor asked')).rejects.toMatchObject({ kind: 'not-found' })
  const stolen = resolveIncident(administrator, '2251799813685301', { reason: 'Another case', variables: { caseId: 'another' } })
  await expect(stolen).rejects.toMatchObject({ code: 'variable-reserved' })
})

test('a job that keeps failing gets its tries again', async () => {
  town.engine.shown!.failedJobs = [failedJob()]
  town.engine.livingJobs.add(failedJob().key)

  await retryJob(administrator, failedJob().key, 'The register is back this evening')

  expect(town.engine.retries).toEqual([{ jobKey: failedJob().key, retries: 3 }])
  expect(await lastAudit()).toMatchObject({ action: 'job.retry', reason: 'The register is back this evening' })
})

test('where the engine shows no processes the page says so, and what is ours is still mended', async () => {
  const { entry } = await stalledStart()
  town.engine.shown = null

  const seen = await listTroubles(administrator)

  expect(seen).toMatchObject({ incidents: null, failedJobs: null })
  expect(seen.stalled.map(({ id }) => id)).toContain(entry.id)
  await expect(resolveIncident(administrator, incident().key, { reason: 'It must go on' })).rejects.toMatchObject({ code: 'processes-not-shown' })
})

test('an engine that is away is told as such, and the audit has kept that it was asked', async () => {
  town.engine.shown!.incidents = [incident()]
  town.engine.isDown = true

  await expect(resolveIncident(administrator, incident().key, { reason: 'It must go on' })).rejects.toMatchObject({ system: 'zeebe' })

  expect(town.engine.shown!.incidents).toHaveLength(1)
  expect(await lastAudit()).toMatchObject({ action: 'incident.resolve', reason: 'It must go on' })
})
