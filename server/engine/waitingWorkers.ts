import type { Clock } from '../base/clock.ts'
import type { ActivateJobs, ActivatedJob } from './commands/activateJobs.ts'

/** A worker's request that waits for jobs. */
export interface WaitingWorker {
  readonly request: ActivateJobs
  /** Answers the request; an empty list when its time is up. */
  answer(jobs: ActivatedJob[]): void
  fail(error: unknown): void
  /** False for a request that is answered at once, with nothing if there is nothing. */
  readonly waits: boolean
  /** Gone, or answered already. */
  isOver: boolean
}

/** Requests for jobs, first come first served by type. One that waits costs nothing until a job comes up. */
export class WaitingWorkers {
  readonly #byType = new Map<string, WaitingWorker[]>()

  constructor(readonly clock: Clock) {}

  get count(): number {
    let count = 0
    for (const workers of this.#byType.values()) count += workers.length
    return count
  }

  types(): string[] {
    return [...this.#byType.keys()]
  }

  /** Adds a request; without `untilMs` it does not wait, but is answered the first time it is looked at. */
  add(request: ActivateJobs, untilMs: number | undefined, signal?: AbortSignal): Promise<ActivatedJob[]> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        worker.isOver = true
        cancelTimer()
        signal?.removeEventListener('abort', leave)
        this.#remove(worker)
      }
      const worker: WaitingWorker = {
        request,
        waits: untilMs !== undefined,
        isOver: false,
        answer: (jobs) => {
          end()
          resolve(jobs)
        },
        fail: (error) => {
          end()
          reject(error instanceof Error ? error : new Error(String(error)))
        },
      }
      const leave = (): void => worker.answer([])
      const cancelTimer = untilMs === undefined ? (): void => undefined : this.clock.at(untilMs, leave)
      signal?.addEventListener('abort', leave, { once: true })
      const workers = this.#byType.get(request.type)
      if (workers) workers.push(worker)
      else this.#byType.set(request.type, [worker])
    })
  }

  first(type: string): WaitingWorker | undefined {
    return this.#byType.get(type)?.[0]
  }

  /** Takes the first request of the type out of the line: it is about to be answered. */
  takeFirst(type: string): void {
    const workers = this.#byType.get(type)
    const worker = workers?.[0]
    if (worker) this.#remove(worker)
  }

  failAll(error: unknown): void {
    for (const workers of [...this.#byType.values()]) for (const worker of [...workers]) worker.fail(error)
  }

  #remove(worker: WaitingWorker): void {
    const workers = this.#byType.get(worker.request.type)
    const at = workers?.indexOf(worker) ?? -1
    if (at < 0) return
    workers!.splice(at, 1)
    if (workers!.length === 0) this.#byType.delete(worker.request.type)
  }
}
