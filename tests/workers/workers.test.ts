import { afterAll, beforeAll, expect, test } from 'vitest'
import { Outage, Refusal } from '../../server/base/errors.ts'
import { quietLog } from '../../server/base/log.ts'
import type { Case } from '../../server/cases/case.ts'
import { openCase } from '../../server/cases/openCase.ts'
import { readCase } from '../../server/cases/readCase.ts'
import { workers } from '../../server/workers/index.ts'
import { jobOutcome } from '../../server/workers/jobOutcome.ts'
import { runJob } from '../../server/workers/run.ts'
import { systemActor } from '../../server/identity/actor.ts'
import type { Job } from '../../server/zeebe/client.ts'
import type { JobOutcome } from '../../server/zeebe/jobWorker.ts'
import { readPackages } from '../../server/zeebe/packages.ts'
import { extract, marko, petition } from '../support/filing.ts'
import { citizen, testTown, visitor, type TestTown } from '../support/town.ts'

let town: TestTown
let lastKey = 9_007_199_254_740_993n

beforeAll(async () => {
  town = await testTown({ tenant: 'sombor' })
})

afterAll(() => town.close())

test('every job type of the shipped diagrams has a worker', async () => {
  const types = (
    await readPackages('processes')
  ).flatMap((pack) => [...pack.bpmn.matchAll(/taskDefinition type="([^"]+)"/g)].map((match) => match[1]!))

  expect([...new Set(types)].filter((type) => !(type in workers))).toEqual([])
})

test('a petition goes from its receipt to its end, each job twice', async () => {
  const { case: filed } = await openCase(town.contextFor(visitor()), petition({ applicant: marko }))
  const steps = [
    job(filed, 'send-receipt'),
    job(filed, 'make-act', { letter: 'forwarding' }),
    job(filed, 'set-status', { status: 'answered' }),
    job(filed, 'deliver-act'),
    job(filed, 'close-case', { outcome: 'forwarded' }),
  ]

  for (const step of steps) {
    expect(await run(step)).toMatchObject({ kind: 'complete' })
    expect(await run(step)).toMatchObject({ kind: 'complete' })
  }

  const { case: closed, timeline, documents, deadline } = await readCase(town.contextFor(systemActor('test')), filed.id)
  expect(closed).toMatchObject({ status: 'answered', outcome: 'forwarded', acts: 1, closedAt: expect.any(Date) })
  expect(timeline.map((entry) => entry.kind)).toEqual(['filed', 'receipt-sent', 'act-made', 'status-changed', 'act-delivered', 'closed'])
  expect(documents.map((document) => [document.kind, document.number])).toEqual([['act', `${filed.number}/1`]])
  expect(deadline!.endedAt).not.toBeNull()
})

test('a human step becomes a task and its job stays open', async () => {
  const { case: filed } = await openCase(town.contextFor(visitor()), petition())

  const outcome = await run(
    job(filed, 'io.camunda.zeebe:userTask', { 'io.camunda.zeebe:candidateGroups': '["citizen-service"]' }, { elementId: 'triage' }),
  )

  expect(outcome).toEqual({ kind: 'forward' })
  expect(town.events.at(-1)).toMatchObject({ kind: 'task-created', caseId: filed.id })
})

test('a job that asks for payment asks once, and tells the process until when it waits', async () => {
  const { case: filed } = await openCase(town.contextFor(await citizen(town, { number: '0101990710008' })), extract())
  const asks = job(filed, 'ask-for-payment')
  expect(await run(asks)).toEqual({ kind: 'complete', variables: { paymentAsked: false } })
  await run(job(filed, 'send-receipt', {}, { variables: { caseId: filed.id, feeMinor: 52_000 } }))

  const [first, second] = [await run(asks), await run(asks)]

  // Asked at 10.00 on 24 November: a reminder after three days, the end of the fifteenth day in the town's time.
  expect(first).toEqual({
    kind: 'complete', variables: { paymentAsked: true, remindAt: '2026-11-27T09:00:00.000Z', cancelAt: '2026-12-09T22:59:59.999Z' },
  })
  expect(second).toEqual(first)
  const { payment, timeline } = await readCase(town.contextFor(systemActor('test')), filed.id)
  expect(payment?.payment).toMatchObject({ state: 'asked', sum: { minor: 52_000, currency: 'RSD' } })
  expect(timeline.filter(({ kind }) => kind === 'payment-asked')).toHaveLength(1)
})

test('the fee the process worked out is kept with the case', async () => {
  const { case: filed } = await openCase(town.contextFor(await citizen(town)), extract())

  await run(job(filed, 'send-receipt', {}, { variables: { caseId: filed.id, feeMinor: 52_000 } }))

  expect((await readCase(town.contextFor(systemActor('test')), filed.id)).case).toMatchObject({ feeMinor: 52_000, currency: 'RSD' })
})

test('a look at the term tells the process how it stands and changes nothing, a warning is told to the office once', async () => {
  const { case: filed } = await openCase(town.contextFor(visitor()), petition())
  const termNextAt = new Date(town.clock.now()).toISOString()
  const look = job(filed, 'check-term', {}, { variables: { caseId: filed.id, termNextAt } })

  expect(await run(look)).toMatchObject({ kind: 'complete', variables: { termState: 'running', termOutcome: null } })
  expect(await run(look)).toEqual(await run(look))
  const warning = job(filed, 'warn-of-term', {}, { variables: { caseId: filed.id, termState: 'soon' } })
  await run(warning)
  await run(warning)
  expect(await run(job(filed, 'miss-supplement'))).toMatchObject({ kind: 'complete', variables: { termNextAt: expect.any(String) } })

  const ofOffice = (await readCase(town.contextFor(systemActor('test')), filed.id)).timeline
  expect(ofOffice.filter(({ kind }) => kind === 'term-soon')).toMatchObject([{ forCitizen: false }])
  expect(await run(job(filed, 'check-term'))).toMatchObject({ kind: 'fail' })
})

test('a late mark tells that the term has passed, once', async () => {
  const { case: filed } = await openCase(town.contextFor(visitor()), petition())
  const late = job(filed, 'set-status', { status: 'in-progress', note: 'late' })
  town.clock.advance(31 * 24 * 3_600_000)

  await run(late)
  await run(late)

  const { timeline } = await readCase(town.contextFor(systemActor('test')), filed.id)
  expect(timeline.map((entry) => entry.kind).sort()).toEqual(['filed', 'status-changed', 'term-passed'])
})

test('a status job that comes again late does not turn the case back', async () => {
  const { case: filed } = await openCase(town.contextFor(visitor()), petition())
  const early = job(filed, 'set-status', { status: 'in-progress' })
  await run(early)
  await run(job(filed, 'set-status', { status: 'to-sign' }))

  await run(early)

  expect((await readCase(town.contextFor(systemActor('test')), filed.id)).case.status).toBe('to-sign')
})

test('a job that names the case of another town becomes an incident, not a way in', async () => {
  const zagora = await town.neighbor('stara-zagora')
  const { case: foreign } = await openCase(zagora.contextFor(visitor()), petition({ language: 'bg' }))

  const outcome = await run({ ...job(foreign, 'set-status', { status: 'granted' }), bpmnProcessId: 'sombor--petition' })

  expect(outcome).toMatchObject({ kind: 'fail', retries: 2 })
  expect((await readCase(zagora.contextFor(systemActor('test')), foreign.id)).case.status).toBe('received')
})

test('a diagram that forgot a header is told so', async () => {
  const { case: filed } = await openCase(town.contextFor(visitor()), petition())

  expect(await run(job(filed, 'set-status'))).toMatchObject({ kind: 'fail', message: expect.stringContaining('header status') })
})

test('a refusal is a BPMN error, an outage is tried again later each time, a mistake becomes an incident', () => {
  const at = (retries: number): Job => ({ ...job({ id: 'x', procedure: 'petition' }, 'send-receipt'), retries })

  expect(jobOutcome(new Refusal('wrong-state', 'task-gone'), at(3))).toMatchObject({ kind: 'error', code: 'task-gone' })
  expect([3, 2, 1].map((retries) => jobOutcome(new Outage('files'), at(retries)))).toMatchObject([
    { kind: 'fail', retries: 2, backOffMs: 30_000 },
    { kind: 'fail', retries: 1, backOffMs: 120_000 },
    { kind: 'fail', retries: 0, backOffMs: 480_000 },
  ])
  expect(jobOutcome(new TypeError('x is not a function'), at(1))).toMatchObject({ kind: 'fail', retries: 0 })
})

function run(of: Job): Promise<JobOutcome> {
  return runJob((_tenant, actor) => town.contextFor(actor), of, quietLog)
}

function job(case_: Pick<Case, 'id' | 'procedure'>, type: string, headers: Record<string, string> = {}, change: Partial<Job> = {}): Job {
  return {
    key: String(++lastKey),
    type,
    processInstanceKey: '1',
    bpmnProcessId: `sombor--${case_.procedure}`,
    processDefinitionVersion: 1,
    elementId: type,
    elementInstanceKey: String(++lastKey),
    headers,
    variables: { caseId: case_.id },
    retries: 3,
    deadlineMs: 0,
    ...change,
  }
}
