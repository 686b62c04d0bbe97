import type { FeelContext, FeelValue, Run } from '../values.ts'
import type { Budget } from './run.ts'

/** The variables an expression can read. */
export interface FeelScope {
  /** The value of a variable, undefined when there is none. */
  get(name: string): FeelValue | undefined
  /** The moment that `now()` and `today()` tell, in milliseconds since 1970-01-01T00:00Z; the machine's clock when left out. */
  readonly now?: () => number
  /** What the expressions evaluated with this scope may do together; each has only its own limits when left out. */
  readonly budget?: Budget
}

/** Names bound inside an expression, the inner before the outer. */
export class Frame {
  constructor(
    readonly values: FeelContext,
    readonly outer: Frame | undefined,
  ) {}
}

/** Where a piece of code runs: the variables around it and the evaluation it belongs to. */
export interface Place {
  readonly scope: FeelScope
  readonly frame: Frame | undefined
  readonly run: Run
}

/** A compiled piece of an expression. */
export type Code = (place: Place) => FeelValue

/** A compiled test of a value. */
export type Test = (place: Place, input: FeelValue) => boolean | null

/** The value of a name; a missing one is null. */
export function valueOf(place: Place, name: string): FeelValue {
  for (let frame = place.frame; frame; frame = frame.outer) {
    const value = frame.values.get(name)
    if (value !== undefined) return value
  }
  return place.scope.get(name) ?? null
}

/** The same place with more names bound. */
export function inside(place: Place, values: FeelContext): Place {
  return { scope: place.scope, frame: new Frame(values, place.frame), run: place.run }
}
