import type { Place } from './temporal/dateTime.ts'
import {
  isBoolean,
  isContext,
  isDate,
  isDateTime,
  isDaysTimeDuration,
  isFunction,
  isList,
  isNumber,
  isRange,
  isString,
  isTime,
  isYearsMonthsDuration,
} from './values.ts'
import type { FeelContext, FeelRange, FeelValue } from './values.ts'

/** Whether two values are equal: null when they are of different types, since then the question has no answer. */
export function equal(left: FeelValue, right: FeelValue): boolean | null {
  if (left === null || right === null) return left === right
  if (isNumber(left)) return isNumber(right) ? left.eq(right) : null
  if (isString(left)) return isString(right) ? left === right : null
  if (isBoolean(left)) return isBoolean(right) ? left === right : null
  if (isList(left)) return isList(right) ? sameItems(left, right) : null
  if (isContext(left)) return isContext(right) ? sameEntries(left, right) : null
  if (isDate(left)) return isDate(right) ? left.epochDay === right.epochDay : null
  if (isTime(left)) return isTime(right) ? samePlace(left.place, right.place, () => left.nanos === right.nanos) : null
  if (isDateTime(left)) return isDateTime(right) ? samePlace(left.place, right.place, () => left.instant === right.instant) : null
  if (isDaysTimeDuration(left)) return isDaysTimeDuration(right) ? left.nanos === right.nanos : null
  if (isYearsMonthsDuration(left)) return isYearsMonthsDuration(right) ? left.months === right.months : null
  if (isRange(left)) return isRange(right) ? sameRange(left, right) : null
  return isFunction(right) ? left === right : null
}

/** Whether two values are surely equal. */
export function same(left: FeelValue, right: FeelValue): boolean {
  return equal(left, right) === true
}

/** Negative, zero or positive as `left` is before, at or after `right`; null when the two have no order. */
export function order(left: FeelValue, right: FeelValue): number | null {
  if (left === null || right === null) return null
  if (isNumber(left)) return isNumber(right) ? left.cmp(right) : null
  if (isString(left)) return isString(right) ? sign(left, right) : null
  if (isDate(left)) return isDate(right) ? left.epochDay - right.epochDay : null
  if (isTime(left)) return isTime(right) && !left.place === !right.place ? left.instant - right.instant : null
  if (isDateTime(left)) return isDateTime(right) && !left.place === !right.place ? sign(left.instant, right.instant) : null
  if (isDaysTimeDuration(left)) return isDaysTimeDuration(right) ? sign(left.nanos, right.nanos) : null
  if (isYearsMonthsDuration(left)) return isYearsMonthsDuration(right) ? left.months - right.months : null
  return null
}

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>='

/** Answers one comparison, in three-valued logic. */
export function compare(operator: Operator, left: FeelValue, right: FeelValue): boolean | null {
  if (operator === '=') return equal(left, right)
  if (operator === '!=') {
    const answer = equal(left, right)
    return answer === null ? null : !answer
  }
  const answer = order(left, right)
  return answer === null ? null : holds[operator](answer)
}

const holds: Record<Exclude<Operator, '=' | '!='>, (answer: number) => boolean> = {
  '<': (answer) => answer < 0,
  '<=': (answer) => answer <= 0,
  '>': (answer) => answer > 0,
  '>=': (answer) => answer >= 0,
}

/** Whether a value lies in a range; null when it cannot be compared with an end. */
export function within(value: FeelValue, range: FeelRange): boolean | null {
  const low = range.low === null ? null : compare(range.lowIncluded ? '>=' : '>', value, range.low)
  const high = range.high === null ? null : compare(range.highIncluded ? '<=' : '<', value, range.high)
  return both(low, high)
}

/** Three-valued "and". */
export function both(left: boolean | null, right: boolean | null): boolean | null {
  if (left === false || right === false) return false
  return left === null || right === null ? null : true
}

/** Three-valued "or". */
export function either(left: boolean | null, right: boolean | null): boolean | null {
  if (left === true || right === true) return true
  return left === null || right === null ? null : false
}

/** A value as three-valued logic takes it: what is not a boolean is unknown. */
export function truth(value: FeelValue): boolean | null {
  return isBoolean(value) ? value : null
}

function sign<T extends string | bigint>(left: T, right: T): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

function sameItems(left: readonly FeelValue[], right: readonly FeelValue[]): boolean {
  return left.length === right.length && left.every((item, index) => same(item, right[index] ?? null))
}

function sameEntries(left: FeelContext, right: FeelContext): boolean {
  if (left.size !== right.size) return false
  for (const [key, value] of left) {
    const other = right.get(key)
    if (other === undefined || !same(value, other)) return false
  }
  return true
}

function sameRange(left: FeelRange, right: FeelRange): boolean {
  const ends = same(left.low, right.low) && same(left.high, right.high)
  return ends && left.lowIncluded === right.lowIncluded && left.highIncluded === right.highIncluded
}

// A local time and one with a place cannot be told equal or not; at different places they are different times.
function samePlace(left: Place | null, right: Place | null, sameMoment: () => boolean): boolean | null {
  if (!left || !right) return left === right ? sameMoment() : null
  return left.zone === right.zone && left.offsetSeconds === right.offsetSeconds && sameMoment()
}
