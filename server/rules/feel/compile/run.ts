import { FeelEvaluationError } from '../errors.ts'
import type { Dialect } from '../dialects.ts'
import type { Run } from '../values.ts'

/** How much one evaluation may do: items of loops and filters, calls, and steps of growing lists. */
export const MOST_STEPS = 1_000_000

/** How long a text may become. */
export const LONGEST_TEXT = 10_000_000

/** How much all expressions of one decision may do together. Some second of work, in which an engine that waits is silent. */
export const MOST_STEPS_TOGETHER = 1_000_000

const SIGNS_PER_STEP = 100

/** How deep functions may call each other. */
export const DEEPEST_CALL = 200

/** What several evaluations may do together: expressions that call each other are each small, and may go on for ever. */
export class Budget {
  #steps = 0

  /** Counts pieces of work; throws FeelEvaluationError 'too-much-work' when there were too many. */
  spend(pieces: number): void {
    this.#steps += pieces
    if (this.#steps <= MOST_STEPS_TOGETHER) return
    throw new FeelEvaluationError('too-much-work', `Expected a decision of at most ${MOST_STEPS_TOGETHER} steps, but it needs more`)
  }
}

/** Begins an evaluation with its own limits, and within those of a budget that it shares with others. */
export function newRun(now: () => number, dialect: Dialect, budget?: Budget): Run {
  budget?.spend(1)
  return new CountedRun(now, dialect, budget)
}

// A class, since an evaluation of a microsecond would feel the making of four closures.
class CountedRun implements Run {
  #steps = 0
  #depth = 0
  #nowMs: number | undefined

  constructor(
    private readonly now: () => number,
    readonly dialect: Dialect,
    private readonly budget?: Budget,
  ) {}

  get nowMs(): number {
    return (this.#nowMs ??= this.now())
  }

  step(pieces = 1): void {
    this.#steps += pieces
    this.budget?.spend(pieces)
    if (this.#steps <= MOST_STEPS) return
    throw new FeelEvaluationError('too-much-work', `Expected an expression of at most ${MOST_STEPS} steps, but it needs more`)
  }

  signs(count: number): void {
    if (count > LONGEST_TEXT) {
      throw new FeelEvaluationError('too-much-work', `Expected a text of at most ${LONGEST_TEXT} characters, but it would be longer`)
    }
    this.step(Math.floor(count / SIGNS_PER_STEP))
  }

  deeper<T>(work: () => T): T {
    if (++this.#depth > DEEPEST_CALL) {
      throw new FeelEvaluationError('too-much-work', `Expected calls at most ${DEEPEST_CALL} levels deep, but they go deeper`)
    }
    const result = work()
    this.#depth--
    return result
  }
}

/** Runs `work`; what runs out of stack or makes a value too large for memory is told as too much work, never as a fault of ours. */
export function bounded<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new FeelEvaluationError('too-much-work', 'Expected an expression of bounded work, but it needs too much')
  }
}
