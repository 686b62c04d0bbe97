import type { Clock } from '../base/clock.ts'

/** More is asked than can be done: the caller has to slow down. */
export class Overload extends Error {
  override readonly name = 'Overload'
}

/**
 * How a command stands to the work at hand. What begins something new is turned away first, what brings work under way to its end
 * only when there is twice as much: else an engine that is full would stay full. What the engine owes itself is never turned away.
 */
export type Standing = 'begins' | 'goes-on' | 'owed'

/** So many may always wait: that the disk is slow for a moment is no overload. */
const ALWAYS_ADMITTED = 64

/** Beyond so many nobody can be answered in time, on any machine. */
const MOST_UNANSWERED = 20_000

/** Until it is known how fast the machine is. */
const FIRST_LIMIT = 4000

/**
 * What an answer should take at most under overload. How many may wait follows from it: a bit more after each answer in this time,
 * a good deal less after one that was late (as in TCP, additive increase and multiplicative decrease; RFC 5681).
 */
const ANSWERED_WITHIN_MS = 200

/** Each answer in time makes room for so much of another; one that is late takes this share of the room. */
const GAIN = 0.2
const LOSS = 0.3

/** Work under way may wait longer, and in greater number, than what begins. */
const GOING_ON = 2

/** Commands that came so close to each other are looked at as one. */
const COHORT_MS = 10

/** Commands that were let in at about the same time. */
export interface Cohort {
  readonly sinceMs: number
  unanswered: number
}

/** Lets commands in as long as those before them are answered soon, however fast the machine is at the moment. */
export class Admission {
  readonly #cohorts: Cohort[] = []
  #unanswered = 0
  #limit = FIRST_LIMIT
  #reducedAtMs = -Infinity

  constructor(readonly clock: Clock) {}

  get unanswered(): number {
    return this.#unanswered
  }

  /** How many of those that begin something may wait for their answers at a time. */
  get limit(): number {
    return Math.floor(this.#limit)
  }

  /** Whether one more of this standing is to be turned away, which has waited so long before it was seen. */
  isFullFor(standing: Standing, waitedMs = 0): boolean {
    if (standing === 'owed' || this.#unanswered < ALWAYS_ADMITTED) return false
    const times = standing === 'begins' ? 1 : GOING_ON
    return this.#unanswered >= this.#limit * times || this.#oldestWaitMs() + waitedMs > ANSWERED_WITHIN_MS * times
  }

  /** Counts a command in; what it gets is to be given back when it is answered. */
  enter(): Cohort {
    const nowMs = this.clock.now()
    let cohort = this.#cohorts.at(-1)
    if (!cohort || nowMs - cohort.sinceMs >= COHORT_MS) {
      this.#dropAnswered()
      this.#cohorts.push((cohort = { sinceMs: nowMs, unanswered: 0 }))
    }
    cohort.unanswered++
    this.#unanswered++
    return cohort
  }

  leave(cohort: Cohort): void {
    const nowMs = this.clock.now()
    if (nowMs - cohort.sinceMs > ANSWERED_WITHIN_MS) this.#reduce(cohort.sinceMs, nowMs)
    else if (this.#unanswered > this.#limit / 2) this.#limit = Math.min(this.#limit + GAIN, MOST_UNANSWERED / GOING_ON)
    cohort.unanswered--
    this.#unanswered--
  }

  // Whoever came before the limit was last reduced tells nothing about the limit that holds now.
  #reduce(sinceMs: number, nowMs: number): void {
    if (sinceMs < this.#reducedAtMs) return
    this.#reducedAtMs = nowMs
    this.#limit = Math.max(this.#limit * (1 - LOSS), ALWAYS_ADMITTED)
  }

  #oldestWaitMs(): number {
    this.#dropAnswered()
    const oldest = this.#cohorts[0]
    return oldest ? this.clock.now() - oldest.sinceMs : 0
  }

  #dropAnswered(): void {
    while (this.#cohorts[0]?.unanswered === 0) this.#cohorts.shift()
  }
}
