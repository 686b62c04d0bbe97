/** Where the present moment comes from. Handed in everywhere, so that tests move time instead of waiting for it. */
export interface Clock {
  /** The present moment, in milliseconds since 1970-01-01T00:00Z. */
  now(): number
  /** Calls `wake` once when `now()` has reached `atMs`; the returned function cancels it. Never early, may be late. */
  at(atMs: number, wake: () => void): () => void
}

// setTimeout takes a signed 32-bit delay: a longer wait is made of several.
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  at(atMs, wake) {
    let timer: NodeJS.Timeout
    const wait = (): void => {
      const leftMs = atMs - Date.now()
      timer = leftMs > 0 ? setTimeout(wait, Math.min(leftMs, LONGEST_TIMEOUT_MS)) : setTimeout(wake, 0)
    }
    wait()
    return () => clearTimeout(timer)
  },
}

/** A clock that stands until it is moved. `advance` wakes whoever waits, in order of their time. */
export class MovableClock implements Clock {
  #nowMs: number
  readonly #waiting = new Set<{ atMs: number; wake: () => void }>()

  constructor(start: number | string = '2026-11-24T09:00:00Z') {
    this.#nowMs = typeof start === 'number' ? start : Date.parse(start)
  }

  now(): number {
    return this.#nowMs
  }

  at(atMs: number, wake: () => void): () => void {
    const entry = { atMs, wake }
    if (atMs <= this.#nowMs) queueMicrotask(wake)
    else this.#waiting.add(entry)
    return () => this.#waiting.delete(entry)
  }

  /** Moves time forward by `ms` and wakes all whose moment has come. */
  advance(ms: number): void {
    this.advanceTo(this.#nowMs + ms)
  }

  /** Moves time to `atMs`, stopping at each waiting moment on the way. */
  advanceTo(atMs: number): void {
    for (;;) {
      const due = [...this.#waiting].filter((each) => each.atMs <= atMs).sort((a, b) => a.atMs - b.atMs)[0]
      if (!due) break
      this.#waiting.delete(due)
      this.#nowMs = Math.max(this.#nowMs, due.atMs)
      due.wake()
    }
    this.#nowMs = Math.max(this.#nowMs, atMs)
  }
}
