import type { Clock } from '../base/clock.ts'

/** More is asked than can be done: the caller has to slow down. */
export class Overload extends Error {
  override readonly name = 'Overload'
}

/** Commands that are decided or wait to be, but not answered, beyond which new ones are turned away whatever the time. */
const MOST_UNANSWERED = 20_000

/**
 * When the oldest has waited so long, new ones are turned away: what is let in now waits for the commit under way and its own,
 * and should be answered within a second.
 */
const LONGEST_WAIT_MS = 250

/** So many may always wait: that the disk is slow for a moment is no overload. */
const ALWAYS_ADMITTED = 200

/** Commands that came so close to each other are looked at as one. */
const COHORT_MS = 10

/** Commands that were let in at about the same time. */
export interface Cohort {
  readonly sinceMs: number
  unanswered: number
}

/** Lets commands in as long as those before them are answered soon. */
export class Admission {
  readonly #cohorts: Cohort[] = []
  #unanswered = 0

  constructor(readonly clock: Clock) {}

  get unanswered(): number {
    return this.#unanswered
  }

  get isFull(): boolean {
    if (this.#unanswered < ALWAYS_ADMITTED) return false
    if (this.#unanswered >= MOST_UNANSWERED) return true
    while (this.#cohorts[0]?.unanswered === 0) this.#cohorts.shift()
    return this.clock.now() - this.#cohorts[0]!.sinceMs > LONGEST_WAIT_MS
  }

  /** Counts a command in; what it gets is to be given back when it is answered. */
  enter(): Cohort {
    const nowMs = this.clock.now()
    let cohort = this.#cohorts.at(-1)
    if (!cohort || nowMs - cohort.sinceMs >= COHORT_MS) {
      while (this.#cohorts[0]?.unanswered === 0) this.#cohorts.shift()
      this.#cohorts.push((cohort = { sinceMs: nowMs, unanswered: 0 }))
    }
    cohort.unanswered++
    this.#unanswered++
    return cohort
  }

  leave(cohort: Cohort): void {
    cohort.unanswered--
    this.#unanswered--
  }
}
