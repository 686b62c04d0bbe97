import { isContext, isList, isString } from './values.ts'
import type { FeelValue, Run } from './values.ts'
import { FeelEvaluationError } from './errors.ts'

/** How deep a value may be: as deep as JSON is read. */
const DEEPEST = 500

/**
 * The value, when it can be written: all in it is counted as steps, since what is in many places at once is written many times.
 * Throws FeelEvaluationError 'too-much-work' when it is too large or nested too deep.
 */
export function weighed(value: FeelValue, run: Run, depth = 0): FeelValue {
  if (isString(value)) run.signs(value.length)
  if (!isList(value) && !isContext(value)) return value
  if (depth > DEEPEST) throw new FeelEvaluationError('too-much-work', `Expected a value at most ${DEEPEST} levels deep, but it is deeper`)
  run.step(isList(value) ? value.length : value.size)
  for (const part of value.values()) weighed(part, run, depth + 1)
  return value
}
