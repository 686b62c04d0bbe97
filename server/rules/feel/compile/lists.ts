import { decimal } from '../decimals.ts'
import { order } from '../compare.ts'
import { FeelEvaluationError } from '../errors.ts'
import { FeelDate } from '../temporal/dateTime.ts'
import { isDate, isList, isNumber, isRange, typeName } from '../values.ts'
import type { FeelRange, FeelValue, Run } from '../values.ts'

/**
 * What a loop goes through: a list, or, where `run` counts its items, all values of a range. Throws FeelEvaluationError for
 * anything else.
 */
export function listFrom(value: FeelValue, run?: Run): readonly FeelValue[] {
  if (isList(value)) return value
  if (run && isRange(value)) return itemsOf(value, run)
  throw new FeelEvaluationError('list-expected', `Expected list but found ${value === null ? "'null'" : `a ${typeName(value)}`}`)
}

/** All whole numbers or days from one to another, up or down. */
export function between(first: FeelValue, last: FeelValue, run: Run): FeelValue[] {
  if (isNumber(first) && isNumber(last) && Number.isSafeInteger(first.toNumber()) && Number.isSafeInteger(last.toNumber())) {
    return count(first.toNumber(), last.toNumber(), run, decimal)
  }
  if (isDate(first) && isDate(last)) return count(first.epochDay, last.epochDay, run, (day) => FeelDate.ofEpochDay(day))
  throw new FeelEvaluationError('list-expected', 'Expected two whole numbers or two dates around ".."')
}

function itemsOf({ low, lowIncluded, high, highIncluded }: FeelRange, run: Run): FeelValue[] {
  if ((order(low, high, run) ?? 0) > 0) throw new FeelEvaluationError('list-expected', 'Expected a range whose start is not after its end')
  const items = between(low, high, run)
  return items.slice(lowIncluded ? 0 : 1, highIncluded ? items.length : -1)
}

function count(first: number, last: number, run: Run, value: (at: number) => FeelValue): FeelValue[] {
  run.step(Math.abs(last - first) + 1)
  const step = first <= last ? 1 : -1
  return Array.from({ length: Math.abs(last - first) + 1 }, (_, index) => value(first + index * step))
}
