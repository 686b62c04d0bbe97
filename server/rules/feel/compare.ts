import { floorDivide, offsetText } from './temporal/dateTime.ts'
import type { FeelDateTime, FeelTime, Place } from './temporal/dateTime.ts'
import { NANOS_PER_SECOND } from './temporal/durations.ts'
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
import type { FeelContext, FeelRange, FeelValue, Run } from './values.ts'

/** Whether two values are equal: null when they are of different types, since then the question has no answer. */
export function equal(left: FeelValue, right: FeelValue, run: Run): boolean | null {
  if (left === null || right === null) return left === right
  if (isNumber(left)) return isNumber(right) ? left.eq(right) : null
  if (isString(left)) return isString(right) ? left === right : null
  if (isBoolean(left)) return isBoolean(right) ? left === right : null
  if (isList(left)) return isList(right) ? sameItems(left, right, run) : null
  if (isContext(left)) return isContext(right) ? sameEntries(left, right, run) : null
  if (isDate(left)) return isDate(right) ? left.epochDay === right.epochDay : null
  if (isTime(left)) return isTime(right) ? sameTime(left, right, run) : null
  if (isDateTime(left)) return isDateTime(right) ? sameMoment(left, right, run) : null
  if (isDaysTimeDuration(left)) return isDaysTimeDuration(right) ? left.nanos === right.nanos : null
  if (isYearsMonthsDuration(left)) return isYearsMonthsDuration(right) ? left.months === right.months : null
  if (isRange(left)) return isRange(right) ? sameRange(left, right, run) : null
  return isFunction(right) ? left === right : null
}

/** Whether two values are surely equal. */
export function same(left: FeelValue, right: FeelValue, run: Run): boolean {
  return equal(left, right, run) === true
}

/** Negative, zero or positive as `left` is before, at or after `right`; null when the two have no order. */
export function order(left: FeelValue, right: FeelValue, run: Run): number | null {
  if (left === null || right === null) return null
  if (isNumber(left)) return isNumber(right) ? left.cmp(right) : null
  if (isString(left)) return isString(right) ? sign(left, right) : null
  if (isDate(left)) return isDate(right) ? left.epochDay - right.epochDay : null
  if (isTime(left)) return isTime(right) && !left.place === !right.place ? left.instant - right.instant : null
  if (isDateTime(left)) return isDateTime(right) && !left.place === !right.place ? orderOfMoments(left, right, run) : null
  if (isDaysTimeDuration(left)) return isDaysTimeDuration(right) ? sign(left.nanos, right.nanos) : null
  if (isYearsMonthsDuration(left)) return isYearsMonthsDuration(right) ? left.months - right.months : null
  return null
}

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>='

/** Answers one comparison, in three-valued logic. */
export function compare(operator: Operator, left: FeelValue, right: FeelValue, run: Run): boolean | null {
  if (operator === '=') return equal(left, right, run)
  if (operator === '!=') {
    const answer = equal(left, right, run)
    return answer === null ? null : !answer
  }
  const answer = order(left, right, run)
  return answer === null ? null : holds[operator](answer)
}

const holds: Record<Exclude<Operator, '=' | '!='>, (answer: number) => boolean> = {
  '<': (answer) => answer < 0,
  '<=': (answer) => answer <= 0,
  '>': (answer) => answer > 0,
  '>=': (answer) => answer >= 0,
}

/** Whether a value lies in a range; null when it cannot be compared with an end. */
export function within(value: FeelValue, range: FeelRange, run: Run): boolean | null {
  if (range.comparison) return compare(range.comparison.operator, value, range.comparison.end, run)
  const open = run.dialect.openRanges || null
  const low = range.low === null ? open : compare(range.lowIncluded ? '>=' : '>', value, range.low, run)
  const high = range.high === null ? open : compare(range.highIncluded ? '<=' : '<', value, range.high, run)
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

// The reference implementation goes on to order the same moment by what its clocks show, and then by the names of its zones.
function orderOfMoments(left: FeelDateTime, right: FeelDateTime, run: Run): number {
  const order = sign(left.instant, right.instant)
  if (order !== 0 || run.dialect.momentsCompared) return order
  return left.date.epochDay - right.date.epochDay || left.nanos - right.nanos || sign(zoneOf(left), zoneOf(right))
}

function zoneOf({ place }: FeelDateTime): string {
  return place?.zone ?? offsetText(place?.offsetSeconds ?? 0)
}

function sign<T extends string | bigint>(left: T, right: T): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

function sameItems(left: readonly FeelValue[], right: readonly FeelValue[], run: Run): boolean {
  if (left.length !== right.length) return false
  run.step(left.length)
  return left.every((item, index) => same(item, right[index] ?? null, run))
}

function sameEntries(left: FeelContext, right: FeelContext, run: Run): boolean {
  if (left.size !== right.size) return false
  run.step(left.size)
  for (const [key, value] of left) {
    const other = right.get(key)
    if (other === undefined || !same(value, other, run)) return false
  }
  return true
}

function sameRange(left: FeelRange, right: FeelRange, run: Run): boolean {
  const ends = same(left.low, right.low, run) && same(left.high, right.high, run)
  const included = left.lowIncluded === right.lowIncluded && left.highIncluded === right.highIncluded
  // What is written as a comparison is another range than one with an end of null: DMN 1.5, table 53.
  const written = left.comparison?.operator === right.comparison?.operator
  return ends && included && written && same(left.comparison?.end ?? null, right.comparison?.end ?? null, run)
}

// A local time and one with a place cannot be told equal or not; for the standard they are different.
function sameTime(left: FeelTime, right: FeelTime, run: Run): boolean | null {
  if (!left.place !== !right.place) return run.dialect.placesCompared ? false : null
  if (run.dialect.placesCompared) return Math.floor(left.instant / 1e9) === Math.floor(right.instant / 1e9)
  return samePlace(left.place, right.place) && left.nanos === right.nanos
}

function sameMoment(left: FeelDateTime, right: FeelDateTime, run: Run): boolean | null {
  if (!left.place !== !right.place) return run.dialect.placesCompared ? false : null
  if (run.dialect.placesCompared) return floorDivide(left.instant, NANOS_PER_SECOND) === floorDivide(right.instant, NANOS_PER_SECOND)
  return samePlace(left.place, right.place) && left.instant === right.instant
}

function samePlace(left: Place | null, right: Place | null): boolean {
  return left?.zone === right?.zone && left?.offsetSeconds === right?.offsetSeconds
}
