/** The reference workload: one municipal request, as its clients see it. Whatever answers the calls can be measured with it. */
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
  create(variables: string): Promise<string>
  /** Waits for one job of the type. */
  take(type: string, worker: string): Promise<TakenJob[]>
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

/** Three jobs per request, each taken and completed: with the start, seven calls. */
export const CALLS_PER_INSTANCE = 7

const types = ['check-request', 'io.camunda.zeebe:userTask', 'deliver-act'] as const

/** Ten variables, about 1 KB. */
export const variables = JSON.stringify({
  caseId: '0193a7f2-5b7c-7d31-8a55-3f1f0c9d2e11',
  number: 'IV-201-1234/2026', procedure: 'register-extract', country: 'rs', channel: 'portal',
  copies: 2,
  dueAt: '2026-12-02T15:30:00+01:00',
  amounts: { electronic: 0, paper: 52000 }, purpose: 'x'.repeat(300), remark: 'y'.repeat(350),
})

export async function workloadDiagram(): Promise<Resource> {
  const content = await readFile(new URL('../../tests/diagrams/municipal-request.bpmn', import.meta.url), 'utf8')
  return { name: 'municipal-request.bpmn', content }
}

/**
 * So many clients at a time, each carrying requests from start to end until the time is up. A client takes whatever job
 * comes up, as a worker does; there are as many workers as clients, for each type.
 */
export async function runWorkload(caller: Caller, clients: number, seconds: number): Promise<Measured> {
  const createTimes: number[] = []
  const completeTimes: number[] = []
  let done = 0
  const finished = new Map<string, () => void>()
  let isOver = false
  const worker = async (type: string, name: string): Promise<void> => {
    while (!isOver) {
      for (const job of await caller.take(type, name)) {
        const begun = performance.now()
        await caller.complete(job.key, type === 'check-request' ? '{"complete":true}' : '{}')
        completeTimes.push(performance.now() - begun)
        if (type === 'deliver-act') finished.get(job.instanceKey)?.()
      }
    }
  }
  const started = performance.now()
  const endAt = started + seconds * 1000
  const client = async (): Promise<void> => {
    while (performance.now() < endAt) {
      const begun = performance.now()
      const key = await caller.create(variables)
      createTimes.push(performance.now() - begun)
      await new Promise<void>((resolve) => finished.set(key, resolve))
      finished.delete(key)
      done++
    }
  }
  const workers = types.flatMap((type) => Array.from({ length: clients }, (_, index) => worker(type, `worker-${index}`)))
  await Promise.all(Array.from({ length: clients }, client))
  const elapsed = (performance.now() - started) / 1000
  isOver = true
  await Promise.race([Promise.allSettled(workers), new Promise((resolve) => setTimeout(resolve, 1500))])
  return { instances: done, seconds: elapsed, rate: done / elapsed, createP95: p95(createTimes), completeP95: p95(completeTimes) }
}

export function p95(times: number[]): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length * 0.95)] ?? 0
}
