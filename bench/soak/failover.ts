import { status } from '@grpc/grpc-js'
import { wireTo, type Wire } from './wire.ts'

/** A call without an answer in this time is given up: whether it was done is not known. */
const ANSWER_WITHIN_MS = 2500

const AGAIN_AFTER_MS = 25

/** What a client may know of a command it has sent. */
export type Fate = 'unknown' | 'acknowledged' | 'refused'

/** Codes after which nobody knows whether the call was done. */
const silent = new Set<number>([status.UNAVAILABLE, status.DEADLINE_EXCEEDED, status.CANCELLED])

/** Codes by which the engine says that it was not, and will not be. */
const refusing = new Set<number>([status.RESOURCE_EXHAUSTED, status.NOT_FOUND, status.ALREADY_EXISTS])

/** A command that was refused for good: another try would change nothing. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

/** Calls whichever of some engines answers. */
export class Failover {
  readonly #wires: readonly Wire[]
  #at = 0

  constructor(addresses: readonly string[], jobMs: number) {
    this.#wires = addresses.map((address) => wireTo(address, jobMs, ANSWER_WITHIN_MS))
  }

  /**
   * Tries until there is an answer, at the next engine after each try without one. `told` hears what became of each try, `unknown`
   * before it is sent. Throws {@link Refused} when there is no use in trying again.
   */
  async call<T>(work: (wire: Wire) => Promise<T>, told: (fate: Fate) => void = () => undefined): Promise<T> {
    for (;;) {
      const at = this.#at
      told('unknown')
      try {
        const answer = await work(this.#wires[at]!)
        told('acknowledged')
        return answer
      } catch (error) {
        const { code, message } = error as { code: number; message: string }
        if (refusing.has(code)) told('refused')
        else if (!silent.has(code)) throw error
        if (code === status.NOT_FOUND || code === status.ALREADY_EXISTS) throw new Refused(message)
        if (this.#at === at) this.#at = (at + 1) % this.#wires.length
        await new Promise((resume) => setTimeout(resume, AGAIN_AFTER_MS))
      }
    }
  }

  close(): void {
    for (const wire of this.#wires) wire.close()
  }
}
