import { status } from '@grpc/grpc-js'
import { overGrpc } from '../engine/callers.ts'
import type { Caller } from '../engine/workload.ts'

/** A call without an answer in this time is given up: whether it was done is not known. */
const ANSWER_WITHIN_MS = 2500

const AGAIN_AFTER_MS = 25

/** Codes after which it is not known whether the call was done, or it was not: another try is allowed. */
const passing = new Set<number>([status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.CANCELLED, status.RESOURCE_EXHAUSTED])

/** Calls whichever of some engines answers. */
export class Failover {
  readonly #callers: readonly Caller[]
  #at = 0

  constructor(addresses: readonly string[], jobMs: number) {
    this.#callers = addresses.map((address) => overGrpc(address, { jobMs, answerWithinMs: ANSWER_WITHIN_MS }))
  }

  /** Tries until there is an answer, at the next engine after each try without one. */
  async call<T>(work: (caller: Caller) => Promise<T>): Promise<T> {
    for (;;) {
      const at = this.#at
      try {
        return await work(this.#callers[at]!)
      } catch (error) {
        if (!passing.has((error as { code: number }).code)) throw error
        if (this.#at === at) this.#at = (at + 1) % this.#callers.length
        await new Promise((resume) => setTimeout(resume, AGAIN_AFTER_MS))
      }
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#callers.map((caller) => caller.close()))
  }
}
