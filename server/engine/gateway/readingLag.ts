import { performance } from 'node:perf_hooks'

/** The time, and how much of it the event loop has spent waiting. Milliseconds. */
export interface LoopTime {
  now(): number
  idle(): number
}

const thisLoop: LoopTime = { now: () => performance.now(), idle: () => performance.eventLoopUtilization().idle }

/**
 * How long what a socket brings at this moment can have waited to be read: as long as the process was busy since it last looked at
 * its sockets, which it does once in each turn of the event loop.
 */
export class ReadingLag {
  readonly #time: LoopTime
  #isReading = false
  /** Since when something can have been waiting. */
  #sinceMs: number
  #idleMs: number

  constructor(time = thisLoop) {
    this.#time = time
    this.#sinceMs = time.now()
    this.#idleMs = time.idle()
  }

  /** Milliseconds. To be asked when something was read. */
  ms(): number {
    if (!this.#isReading) {
      this.#isReading = true
      // Immediates run right after the sockets were read.
      setImmediate(() => this.#endReading())
      // What comes while the loop waits is read at once.
      this.#sinceMs += this.#time.idle() - this.#idleMs
    }
    return this.#time.now() - this.#sinceMs
  }

  #endReading(): void {
    this.#isReading = false
    this.#sinceMs = this.#time.now()
    this.#idleMs = this.#time.idle()
  }
}
