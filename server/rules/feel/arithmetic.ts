import * as numbers from './decimals.ts'
import { FeelEvaluationError } from './errors.ts'
import { NANOS_PER_DAY } from './temporal/dateTime.ts'
import { DaysTimeDuration, YearsMonthsDuration } from './temporal/durations.ts'
import { isDate, isDateTime, isDaysTimeDuration, isNumber, isString, isTime, isYearsMonthsDuration } from './values.ts'
import type { FeelValue } from './values.ts'

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '**'

/** What each operator gives for two values; null where it has no meaning for them. */
export const arithmetic: Record<ArithmeticOperator, (left: FeelValue, right: FeelValue) => FeelValue> = {
  '+': plus,
  '-': minus,
  '*': times,
  '/': dividedBy,
  '**': (left, right) => (isNumber(left) && isNumber(right) ? numbers.power(left, right) : null),
}

/** The number with the other sign; nothing else can be negated. */
export function negate(value: FeelValue): FeelValue {
  return isNumber(value) ? numbers.subtract(new numbers.FeelDecimal(0), value) : null
}

function plus(left: FeelValue, right: FeelValue): FeelValue {
  if (isNumber(left)) return isNumber(right) ? numbers.add(left, right) : null
  if (isString(left)) return isString(right) ? joined(left, right) : null
  if (isDaysTimeDuration(left)) {
    return isDaysTimeDuration(right) ? new DaysTimeDuration(left.nanos + right.nanos) : later(right, left)
  }
  if (isYearsMonthsDuration(left)) {
    return isYearsMonthsDuration(right) ? new YearsMonthsDuration(left.months + right.months) : later(right, left)
  }
  return later(left, right)
}

const LONGEST_TEXT = 10_000_000

function joined(left: string, right: string): string {
  if (left.length + right.length > LONGEST_TEXT) {
    throw new FeelEvaluationError('too-much-work', `Expected a text of at most ${LONGEST_TEXT} characters, but it would be longer`)
  }
  return left + right
}

function minus(left: FeelValue, right: FeelValue): FeelValue {
  if (isNumber(left)) return isNumber(right) ? numbers.subtract(left, right) : null
  if (isDaysTimeDuration(right)) {
    const back = new DaysTimeDuration(-right.nanos)
    return isDaysTimeDuration(left) ? new DaysTimeDuration(left.nanos - right.nanos) : later(left, back)
  }
  if (isYearsMonthsDuration(right)) {
    const back = new YearsMonthsDuration(0 - right.months)
    return isYearsMonthsDuration(left) ? new YearsMonthsDuration(left.months - right.months) : later(left, back)
  }
  if (isDate(left) && isDate(right)) return new DaysTimeDuration(BigInt(left.epochDay - right.epochDay) * NANOS_PER_DAY)
  if (isTime(left) && isTime(right) && !left.place === !right.place) return new DaysTimeDuration(BigInt(left.instant - right.instant))
  if (isDateTime(left) && isDateTime(right) && !left.place === !right.place) return new DaysTimeDuration(left.instant - right.instant)
  return null
}

function later(value: FeelValue, by: FeelValue): FeelValue {
  if (isDaysTimeDuration(by)) return isDate(value) || isTime(value) || isDateTime(value) ? value.plusDuration(by) : null
  if (isYearsMonthsDuration(by)) return isDate(value) || isDateTime(value) ? value.plusMonths(by.months) : null
  return null
}

// The reference implementation takes a duration only a whole number of times: half a day times 1.5 is half a day.
function times(left: FeelValue, right: FeelValue): FeelValue {
  if (isNumber(left)) {
    if (isNumber(right)) return numbers.multiply(left, right)
    return isDaysTimeDuration(right) || isYearsMonthsDuration(right) ? times(right, left) : null
  }
  if (!isNumber(right) || right.abs().gt(1e15)) return null
  if (isDaysTimeDuration(left)) return new DaysTimeDuration(left.nanos * BigInt(right.trunc().toFixed()))
  if (isYearsMonthsDuration(left)) return new YearsMonthsDuration(left.months * right.trunc().toNumber())
  return null
}

// How often one duration goes into another is a whole number there, too.
function dividedBy(left: FeelValue, right: FeelValue): FeelValue {
  if (isNumber(left)) return isNumber(right) ? numbers.divide(left, right) : null
  if (isDaysTimeDuration(left)) {
    if (isDaysTimeDuration(right)) return right.nanos === 0n ? null : numbers.decimal(left.nanos / right.nanos)
    const parts = wholeNumber(right)
    return parts === null ? null : new DaysTimeDuration(left.nanos / parts)
  }
  if (isYearsMonthsDuration(left)) {
    if (isYearsMonthsDuration(right)) return right.months === 0 ? null : numbers.decimal(Math.trunc(left.months / right.months))
    if (!isNumber(right) || right.isZero()) return null
    return new YearsMonthsDuration(numbers.FeelDecimal.div(left.months, right).trunc().toNumber())
  }
  return null
}

function wholeNumber(value: FeelValue): bigint | null {
  if (!isNumber(value) || value.abs().gt(1e15) || value.trunc().isZero()) return null
  return BigInt(value.trunc().toFixed())
}
