import type { Decimal } from 'decimal.js'
import * as numbers from './decimals.ts'
import type { Dialect } from './dialects.ts'
import { FeelEvaluationError } from './errors.ts'
import { FeelDateTime, NANOS_PER_DAY } from './temporal/dateTime.ts'
import { DaysTimeDuration, NANOS_PER_SECOND, YearsMonthsDuration } from './temporal/durations.ts'
import { isDate, isDateTime, isDaysTimeDuration, isNumber, isString, isTime, isYearsMonthsDuration } from './values.ts'
import type { FeelValue, Run } from './values.ts'
import type { FeelDate } from './temporal/dateTime.ts'

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '**'

type Operation = (left: FeelValue, right: FeelValue, run: Run) => FeelValue

export interface Arithmetic {
  /** What each operator gives for two values; null where it has no meaning for them. */
  readonly operators: Readonly<Record<ArithmeticOperator, Operation>>
  /** The value with the other sign; null where it has none. */
  readonly negate: (value: FeelValue) => FeelValue
}

/** The arithmetic of a dialect. */
export function arithmeticOf(dialect: Dialect): Arithmetic {
  return {
    operators: {
      '+': plus,
      '-': dialect.datesAsMoments ? minusMoment : minus,
      '*': dialect.exactDurations ? timesExactly : times,
      '/': dialect.exactDurations ? dividedExactly : dividedBy,
      '**': dialect.decimalFunctions ? raisedExactly : raised,
    },
    negate: dialect.signedDurations ? negateAny : negateNumber,
  }
}

function plus(left: FeelValue, right: FeelValue, run: Run): FeelValue {
  if (isNumber(left)) return isNumber(right) ? numbers.add(left, right) : null
  if (isString(left)) return isString(right) ? joined(left, right, run) : null
  if (isDaysTimeDuration(left)) {
    return isDaysTimeDuration(right) ? days(left.nanos + right.nanos) : later(right, left)
  }
  if (isYearsMonthsDuration(left)) {
    return isYearsMonthsDuration(right) ? months(left.months + right.months) : later(right, left)
  }
  return later(left, right)
}

function joined(left: string, right: string, run: Run): string {
  run.signs(left.length + right.length)
  return left + right
}

function minus(left: FeelValue, right: FeelValue): FeelValue {
  if (isNumber(left)) return isNumber(right) ? numbers.subtract(left, right) : null
  if (isDaysTimeDuration(right)) {
    const back = new DaysTimeDuration(-right.nanos)
    return isDaysTimeDuration(left) ? days(left.nanos - right.nanos) : later(left, back)
  }
  if (isYearsMonthsDuration(right)) {
    const back = new YearsMonthsDuration(0 - right.months)
    return isYearsMonthsDuration(left) ? months(left.months - right.months) : later(left, back)
  }
  if (isDate(left) && isDate(right)) return new DaysTimeDuration(BigInt(left.epochDay - right.epochDay) * NANOS_PER_DAY)
  if (isTime(left) && isTime(right) && !left.place === !right.place) return new DaysTimeDuration(BigInt(left.instant - right.instant))
  if (isDateTime(left) && isDateTime(right) && !left.place === !right.place) return new DaysTimeDuration(left.instant - right.instant)
  return null
}

// The date is meant as its midnight in Greenwich, so it has a distance only to a moment with a place.
function minusMoment(left: FeelValue, right: FeelValue): FeelValue {
  if (isDate(left) && isDateTime(right)) return minus(midnight(left), right)
  if (isDateTime(left) && isDate(right)) return minus(left, midnight(right))
  return minus(left, right)
}

function midnight(date: FeelDate): FeelDateTime {
  return new FeelDateTime(date, 0, { offsetSeconds: 0, zone: null })
}

function later(value: FeelValue, by: FeelValue): FeelValue {
  if (isTime(value)) return isDaysTimeDuration(by) ? value.plusDuration(by) : null
  if (!isDate(value) && !isDateTime(value)) return null
  if (isDaysTimeDuration(by)) return isWithinYears(value, Number(by.nanos / NANOS_PER_DAY) / DAYS_PER_YEAR) ? value.plusDuration(by) : null
  return isYearsMonthsDuration(by) && isWithinYears(value, by.months / 12) ? value.plusMonths(by.months) : null
}

const DAYS_PER_YEAR = 365.2425
const LAST_YEAR = 999_999_999

// The years a date can be written with.
function isWithinYears(value: FeelDate | FeelDateTime, years: number): boolean {
  const { year } = isDate(value) ? value : value.date
  return Math.abs(year + years) < LAST_YEAR
}

// The reference implementation takes a duration only a whole number of times: half a day times 1.5 is half a day.
function times(left: FeelValue, right: FeelValue): FeelValue {
  if (isNumber(left)) {
    if (isNumber(right)) return numbers.multiply(left, right)
    return isDaysTimeDuration(right) || isYearsMonthsDuration(right) ? times(right, left) : null
  }
  if (!isNumber(right) || right.abs().gt(1e15)) return null
  if (isDaysTimeDuration(left)) return days(left.nanos * BigInt(right.trunc().toFixed()))
  if (isYearsMonthsDuration(left)) return months(left.months * right.trunc().toNumber())
  return null
}

// How often one duration goes into another is a whole number there, and a part of one a number of whole milliseconds.
function dividedBy(left: FeelValue, right: FeelValue): FeelValue {
  if (isNumber(left)) return isNumber(right) ? numbers.divide(left, right) : null
  if (isDaysTimeDuration(left)) {
    if (isDaysTimeDuration(right)) return right.nanos === 0n ? null : numbers.decimal(left.nanos / right.nanos)
    if (!isNumber(right) || right.isZero()) return null
    const millis = numbers.FeelDecimal.div(String(left.nanos / NANOS_PER_MILLI), right).trunc()
    return ofNanos(numbers.FeelDecimal.mul(millis, String(NANOS_PER_MILLI)))
  }
  if (isYearsMonthsDuration(left)) {
    if (isYearsMonthsDuration(right)) return right.months === 0 ? null : numbers.decimal(Math.trunc(left.months / right.months))
    if (!isNumber(right) || right.isZero()) return null
    return ofMonths(numbers.FeelDecimal.div(left.months, right))
  }
  return null
}

const NANOS_PER_MILLI = 1_000_000n

// The standard's way: as often as the number says, cut to whole months and nanoseconds.
function timesExactly(left: FeelValue, right: FeelValue): FeelValue {
  if (isNumber(left) && !isNumber(right)) return timesExactly(right, left)
  if (isDaysTimeDuration(left) && isNumber(right)) return ofNanos(numbers.FeelDecimal.mul(left.nanos.toString(), right))
  if (isYearsMonthsDuration(left) && isNumber(right)) return ofMonths(numbers.FeelDecimal.mul(left.months, right))
  return times(left, right)
}

function dividedExactly(left: FeelValue, right: FeelValue): FeelValue {
  if (isDaysTimeDuration(left)) {
    if (isDaysTimeDuration(right)) return numbers.divide(numbers.decimal(left.nanos), numbers.decimal(right.nanos))
    return isNumber(right) && !right.isZero() ? ofNanos(numbers.FeelDecimal.div(left.nanos.toString(), right)) : null
  }
  if (isYearsMonthsDuration(left)) {
    if (isYearsMonthsDuration(right)) return numbers.divide(numbers.decimal(left.months), numbers.decimal(right.months))
    return isNumber(right) && !right.isZero() ? ofMonths(numbers.FeelDecimal.div(left.months, right)) : null
  }
  return dividedBy(left, right)
}

// As far as java.time counts: seconds in 63 bits, years and months in 31 bits each.
const MOST_NANOS = 2n ** 63n * NANOS_PER_SECOND
const MOST_MONTHS = 2 ** 31 * 12

function days(nanos: bigint): FeelValue {
  return nanos < MOST_NANOS && nanos > -MOST_NANOS ? new DaysTimeDuration(nanos) : null
}

function months(count: number): FeelValue {
  return Math.abs(count) < MOST_MONTHS ? new YearsMonthsDuration(count + 0) : null
}

function ofNanos(nanos: Decimal): FeelValue {
  return nanos.e < 40 ? days(BigInt(nanos.trunc().toFixed())) : null
}

function ofMonths(count: Decimal): FeelValue {
  return months(count.trunc().toNumber())
}

function negateNumber(value: FeelValue): FeelValue {
  return isNumber(value) ? numbers.subtract(new numbers.FeelDecimal(0), value) : null
}

function negateAny(value: FeelValue): FeelValue {
  if (isDaysTimeDuration(value)) return new DaysTimeDuration(-value.nanos)
  return isYearsMonthsDuration(value) ? new YearsMonthsDuration(0 - value.months) : negateNumber(value)
}

function raised(left: FeelValue, right: FeelValue): FeelValue {
  if (!isNumber(left) || !isNumber(right)) return null
  if (left.isZero() ? right.isNegative() : left.isNegative() && !right.isInteger()) {
    const message = 'Expected a power that is a number, but zero has no negative powers, and what is below zero no roots'
    throw new FeelEvaluationError('arithmetic', message)
  }
  return numbers.power(left, right)
}

function raisedExactly(left: FeelValue, right: FeelValue): FeelValue {
  return isNumber(left) && isNumber(right) ? numbers.exactPower(left, right) : null
}
