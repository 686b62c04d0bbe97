/** The reference workload: one municipal request, as its clients see it. Whatever answers the calls can be measured with it. */
import { setMaxListeners } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { Resource } from '../../server/engine/engine.ts'

export interface TakenJob {
  key: string
  instanceKey: string
  /** Until then it is nobody else's. */
  deadlineMs: number
}

/** The calls a client makes for one request, however they travel. */
export interface Caller {
  deploy(resource: Resource): Promise<void>
  create(variables: string, processId?: string): Promise<string>
  /** Waits for one job of the type. Callers that can give up do so when `signal` is aborted. */
  take(type: string, worker: string, signal?: AbortSignal): Promise<TakenJob[]>
  complete(jobKey: string, variables: string): Promise<void>
  close(): Promise<void>
}

export interface Measured {
  instances: number
  seconds: number
  rate: number
  /** 95th percentiles, in milliseconds. */
  createP95: number
  completeP95: number
}

/** What clients ask for, and what workers answer. */
export interface Workload {
  /** Job types, each with so many workers. */
  readonly types: readonly string[]
  readonly workersPerType: number
  /** The next request to start. */
  next(): { processId: string; variables: string }
  /** Variables with which a job of the type is completed. */
  answer(type: string): string
}

/** Jobs of one request, whatever its process is called. */
const JOBS_PER_INSTANCE = 3

/** Each job is taken and completed: with the start, seven calls. */
export const CALLS_PER_INSTANCE = 1 + 2 * JOBS_PER_INSTANCE

const types = ['check-request', 'io.camunda.zeebe:userTask', 'deliver-act'] as const

export const COMPLETE = '{"complete":true}'

/** Ten variables, about 1 KB. */
export const variables = JSON.stringify({
  caseId: '0193a7f2-5b7c-7d31-8a55-3f1f0c9d2e11',
  number: 'IV-201-1234/2026', procedure: 'register-extract', country: 'rs', channel: 'portal',
  copies: 2,
  dueAt: '2026-12-02T15:30:00+01:00',
  amounts: { electronic: 0, paper: 52000 }, purpose: 'x'.repeat(300), remark: 'y'.repeat(350),
})

/** One process, three job types, as many workers of each as clients. */
export function referenceWorkload(clients: number): Workload {
  return {
    types,
    workersPerType: clients,
    next: () => ({ processId: 'municipal-request', variables }),
    answer: (type) => (type === 'check-request' ? COMPLETE : '{}'),
  }
}

export async function workloadDiagram(): Promise<Resource> {
  const content = await readFile(new URL('../../tests/diagrams/municipal-request.bpmn', import.meta.url), 'utf8')
  return { name: 'municipal-request.bpmn', content }
}

/**
 * So many clients at a time, each carrying requests from start to end until the time is up, or as long as they are told to.
 * A client takes whatever job comes up, as a worker does.
 */
export async function runWorkload(
  caller: Caller, clients: number, goOn: number | (() => boolean), workload: Workload = referenceWorkload(clients),
): Promise<Measured> {
  const createTimes: number[] = []
  const completeTimes: number[] = []
  let done = 0
  const open = new Map<string, { jobsLeft: number; finished: () => void }>()
  const over = new AbortController()
  setMaxListeners(0, over.signal)
  const worker = async (type: string, name: string): Promise<void> => {
    while (!over.signal.aborted) {
      for (const job of await caller.take(type, name, over.signal)) {
        const begun = performance.now()
        await caller.complete(job.key, workload.answer(type))
        completeTimes.push(performance.now() - begun)
        const request = open.get(job.instanceKey)
        if (request && --request.jobsLeft === 0) request.finished()
      }
    }
  }
  const started = performance.now()
  const endAt = typeof goOn === 'number' ? started + goOn * 1000 : undefined
  const goesOn = typeof goOn === 'number' ? (): boolean => performance.now() < endAt! : goOn
  const client = async (): Promise<void> => {
    while (goesOn()) {
      const { processId, variables: given } = workload.next()
      const begun = performance.now()
      const key = await caller.create(given, processId)
      createTimes.push(performance.now() - begun)
      await new Promise<void>((finished) => open.set(key, { jobsLeft: JOBS_PER_INSTANCE, finished }))
      open.delete(key)
      done++
    }
  }
  const workers = workload.types.flatMap((type) =>
    Array.from({ length: workload.workersPerType }, (_, index) => worker(type, `worker-${index}`)))
  await Promise.all(Array.from({ length: clients }, client))
  const elapsed = (performance.now() - started) / 1000
  over.abort()
  await Promise.race([Promise.allSettled(workers), new Promise((resolve) => setTimeout(resolve, 1500))])
  return { instances: done, seconds: elapsed, rate: done / elapsed, createP95: p95(createTimes), completeP95: p95(completeTimes) }
}

export function p95(times: number[]): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length * 0.95)] ?? 0
}
