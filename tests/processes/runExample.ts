import { Duration } from 'luxon'
import { MovableClock } from '../../server/base/clock.ts'
import type { Answers, ChannelName } from '../../server/cases/case.ts'
import { countTerm } from '../../server/cases/deadlines/startDeadline.ts'
import { requestVariables } from '../../server/cases/requestVariables.ts'
import { startEngine } from '../../server/engine/engine.ts'
import type { ActivatedJob, Engine } from '../../server/engine/engine.ts'
import type { Key } from '../../server/engine/key.ts'
import { memoryStore } from '../../server/engine/store/memoryStore.ts'
import { startMessage } from '../../server/zeebe/names.ts'
import type { ProcedurePackage } from '../../server/zeebe/packages.ts'
import { stampPackage } from '../../server/zeebe/stampPackage.ts'
import type { Completion, Example, Expected } from './example.ts'
import { countries, townOf } from './shipped.ts'

/** What came of a run, in the words of an example, and whether the engine had nothing left to do. */
export type Run = Expected & { ended: boolean; incidents: string[] }

/** The automatic steps, and what they answer the process, given the moment in milliseconds. */
const automatic: Readonly<Record<string, (atMs: number, headers: Record<string, string>) => Record<string, unknown>>> = {
  'send-receipt': () => ({}),
  'make-act': () => ({}),
  'deliver-act': () => ({}),
  'set-status': () => ({}),
  'close-case': () => ({}),
  'create-pending-account': () => ({}),
  'send-activation': (atMs, { again }) => ({ activationEndsAt: new Date(atMs + 24 * 3_600_000).toISOString(), resent: again === 'true' }),
  'close-activation': () => ({ confirmed: false }),
  'delete-pending-account': () => ({}),
}
const userTask = 'io.camunda.zeebe:userTask'
const caseId = '01937000-0000-7000-8000-000000000001'

/** Runs an example's steps through the engine on its memory store. The test plays all workers and moves the clock. */
export async function runExample(pack: ProcedurePackage, example: Example): Promise<Run> {
  const clock = new MovableClock('2026-11-24T09:42:00Z')
  const run: Run = { status: 'received', outcome: '', feeMinor: null, path: [], letters: [], ended: false, incidents: [] }
  const engine = await startEngine({
    store: memoryStore(),
    clock,
    onEvent(event) {
      if (event.type === 'element-activated' && event.element.node.kind !== 'process') run.path.push(event.element.node.id)
      if (event.type === 'element-completed' && event.element.node.kind === 'process') run.ended = true
      if (event.type === 'incident-created') run.incidents.push(`${event.element.node.id}: ${event.incident.message}`)
    },
  })
  try {
    await file(engine, clock, pack, example)
    const tasks = new Map<string, Key>()
    const play = { engine, clock, tasks, run, jobs: example.jobs ?? {} }
    await playWorkers(play)
    for (const step of example.steps) {
      if ('advance' in step) clock.advance(Duration.fromISO(step.advance).toMillis())
      else if ('publish' in step) await engine.publishMessage({ name: step.publish, correlationKey: caseId, timeToLive: 60_000 })
      else await completeTask(engine, tasks, pack, step)
      await playWorkers(play)
    }
    return run
  } finally {
    await engine.close()
  }
}

async function file(engine: Engine, clock: MovableClock, pack: ProcedurePackage, example: Example): Promise<void> {
  const tenant = townOf(example.tenant)
  const { procedure } = pack
  const country = countries[tenant.country]
  if (!country) throw new Error(`Expected the law of ${tenant.country} but it does not ship`)
  const answers = example.answers as Answers
  const variables = {
    ...requestVariables(
      { country, tenant },
      { ...pack, version: 1 },
      { answers, channel: example.channel as ChannelName, anonymous: example.anonymous === true, atMs: clock.now() },
    ),
    caseId,
    packageVersion: 1,
    dueAt: countTerm({ country, tenant, clock }, procedure.deadline, answers).dueAt,
  }
  await engine.deploy(await stampPackage(pack, tenant.id, 1))
  const name = startMessage(tenant.id, procedure.id)
  await engine.publishMessage({ name, correlationKey: caseId, messageId: caseId, timeToLive: 60_000, variables: JSON.stringify(variables) })
}

interface Play {
  engine: Engine
  clock: MovableClock
  tasks: Map<string, Key>
  run: Run
  jobs: NonNullable<Example['jobs']>
}

/** Does every automatic job there is, and keeps the open human steps by element. */
async function playWorkers(play: Play): Promise<void> {
  const { engine, tasks } = play
  await engine.idle()
  for (const type of [...Object.keys(automatic), userTask]) {
    const jobs = await take(engine, type)
    for (const job of jobs) {
      if (type === userTask) tasks.set(job.elementId, job.key)
      else await work(play, type, job)
    }
    if (jobs.length > 0 && type !== userTask) return playWorkers(play)
  }
}

async function work({ engine, clock, run, jobs }: Play, type: string, job: ActivatedJob): Promise<void> {
  const answer = jobs[type]
  if (answer && 'error' in answer) return engine.throwError({ jobKey: job.key, errorCode: answer.error, errorMessage: '' })
  noteWork(job, run)
  const usual = automatic[type]!(clock.now(), JSON.parse(job.customHeaders) as Record<string, string>)
  await engine.completeJob({ jobKey: job.key, variables: JSON.stringify({ ...usual, ...answer?.variables }) })
}

function take(engine: Engine, type: string): Promise<ActivatedJob[]> {
  return engine.activateJobs({ type, worker: 'example', timeout: 365 * 86_400_000, maxJobsToActivate: 10, requestTimeout: -1 })
}

function noteWork(job: ActivatedJob, run: Run): void {
  const headers = JSON.parse(job.customHeaders) as Record<string, string>
  const { feeMinor } = JSON.parse(job.variables) as { feeMinor?: number }
  run.feeMinor = feeMinor ?? null
  if (headers.status) run.status = headers.status
  if (headers.outcome) run.outcome = headers.outcome
  if (headers.letter) run.letters.push(headers.letter)
}

async function completeTask(engine: Engine, tasks: Map<string, Key>, pack: ProcedurePackage, step: Completion): Promise<void> {
  const jobKey = tasks.get(step.complete)
  if (jobKey === undefined) {
    throw new Error(`Expected the step ${step.complete} to be open, but open are ${[...tasks.keys()].join(', ') || 'none'}`)
  }
  const variables = Object.fromEntries(pack.procedure.reads.flatMap((key) => (key in step.answers ? [[key, step.answers[key]]] : [])))
  await engine.completeJob({ jobKey, variables: JSON.stringify(variables) })
}
