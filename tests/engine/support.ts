import { readFile } from 'node:fs/promises'
import { expect, onTestFinished } from 'vitest'
import { MovableClock } from '../../server/base/clock.ts'
import { startEngine, type ActivatedJob, type Engine, type Resource } from '../../server/engine/engine.ts'
import type { EngineEvent } from '../../server/engine/events/event.ts'
import { memoryStore } from '../../server/engine/store/memoryStore.ts'
import type { IncidentRow } from '../../server/engine/store/rows.ts'
import { listFlows } from './listFlows.ts'

/** A diagram of `tests/diagrams`, ready to deploy. */
export async function diagram(name: string): Promise<Resource> {
  const content = await readFile(new URL(`../diagrams/${name}.bpmn`, import.meta.url), 'utf8')
  return { name: `${name}.bpmn`, content: listFlows(content) }
}

/** Decisions of `tests/diagrams`, ready to deploy. */
export async function decisions(name: string): Promise<Resource> {
  return { name: `${name}.dmn`, content: await readFile(new URL(`../diagrams/${name}.dmn`, import.meta.url), 'utf8') }
}

/** Jobs of the type that are ready now. */
export function takeJobs(engine: Engine, type: string, limit = 100): Promise<ActivatedJob[]> {
  return engine.activateJobs({ type, worker: 'test', timeout: 60_000, maxJobsToActivate: limit, requestTimeout: -1 })
}

/** The one job of the type that is ready now. */
export async function takeOne(engine: Engine, type: string): Promise<ActivatedJob> {
  const jobs = await takeJobs(engine, type)
  expect(jobs.map((job) => job.type)).toEqual([type])
  return jobs[0]!
}

/** An engine in memory with its own time, and what has happened in it. */
export interface Trial {
  engine: Engine
  clock: MovableClock
  /** Moves time and lets everything happen that has come due. */
  advance(ms: number): Promise<void>
  start(processId: string, variables?: object): Promise<string>
  take(type: string): Promise<ActivatedJob>
  /** Types of the jobs that are ready among these. */
  ready(...types: string[]): Promise<string[]>
  complete(type: string, variables?: object): Promise<void>
  /** Elements in the order in which they ended, such as `work completed`. */
  left(): string[]
  incidents(): IncidentRow[]
  events: EngineEvent[]
}

export const DAY_MS = 86_400_000

/** Deploys the diagrams and makes ready to play with them. Closed when the test is over. */
export async function trial(...diagrams: string[]): Promise<Trial> {
  const clock = new MovableClock()
  const events: EngineEvent[] = []
  const engine = await startEngine({ store: memoryStore(), clock, onEvent: (event) => events.push(event) })
  onTestFinished(() => engine.close())
  for (const name of diagrams) await engine.deploy([await diagram(name)])
  return {
    engine, clock, events,
    async advance(ms) {
      clock.advance(ms)
      await engine.idle()
    },
    start: async (bpmnProcessId, variables = {}) => (await engine.createInstance({ bpmnProcessId, variables: JSON.stringify(variables) })).processInstanceKey,
    take: (type) => takeOne(engine, type),
    async ready(...types) {
      const found: string[] = []
      for (const type of types) if ((await takeJobs(engine, type)).length > 0) found.push(type)
      return found
    },
    async complete(type, variables = {}) {
      const job = await takeOne(engine, type)
      await engine.completeJob({ jobKey: job.key, variables: JSON.stringify(variables) })
    },
    left: () => events.flatMap((event) =>
      (event.type === 'element-completed' || event.type === 'element-terminated' ? [`${event.element.node.id} ${event.type.slice('element-'.length)}`] : [])),
    incidents: () => events.flatMap((event) => (event.type === 'incident-created' ? [event.incident] : [])),
  }
}

export function variablesOf(job: ActivatedJob): unknown {
  return JSON.parse(job.variables)
}
