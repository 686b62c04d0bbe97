import { status } from '@grpc/grpc-js'
import { overGrpc } from '../engine/callers.ts'
import type { Caller } from '../engine/workload.ts'
import { TimeSpread } from './timeSpread.ts'

/** For each job type of the reference workload. */
const WORKERS = 3

/** Between a worker's job and its next. */
const PAUSE_MS = 20

/** Before a completion that was turned away is tried again. */
const AGAIN_AFTER_MS = 50

export interface ClerksFigures {
  /** Jobs that were taken and completed. */
  readonly completed: number
  /** From the first try to the answer, those between counted in. */
  readonly completeP95Ms: number
  readonly completeSlowestMs: number
  /** Tries that were turned away. */
  readonly completionsTurnedAway: number
}

/** Those who bring to its end what others begin, in their own time: workers and clerks of a town. */
export class Clerks {
  readonly #caller: Caller
  readonly #times = new TimeSpread()
  readonly #working: Promise<void>[]
  #turnedAway = 0
  #isOver = false

  constructor(address: string) {
    this.#caller = overGrpc(address)
    this.#working = ['check-request', 'io.camunda.zeebe:userTask', 'deliver-act'].flatMap((type) =>
      Array.from({ length: WORKERS }, (_, index) => this.#work(type, `${type}-${index}`)))
  }

  async stop(): Promise<ClerksFigures> {
    this.#isOver = true
    await Promise.all(this.#working)
    await this.#caller.close()
    return {
      completed: this.#times.count, completeP95Ms: this.#times.within(0.95), completeSlowestMs: this.#times.within(1),
      completionsTurnedAway: this.#turnedAway,
    }
  }

  async #work(type: string, name: string): Promise<void> {
    while (!this.#isOver) {
      for (const { key } of await this.#caller.take(type, name)) {
        const begunMs = performance.now()
        await this.#complete(key)
        this.#times.add(performance.now() - begunMs)
      }
      await new Promise((resume) => setTimeout(resume, PAUSE_MS))
    }
  }

  async #complete(jobKey: string): Promise<void> {
    for (;;) {
      try {
        return await this.#caller.complete(jobKey, '{"complete":true}')
      } catch (error) {
        if ((error as { code: number }).code !== status.RESOURCE_EXHAUSTED) throw error
        this.#turnedAway++
        await new Promise((resume) => setTimeout(resume, AGAIN_AFTER_MS))
      }
    }
  }
}
