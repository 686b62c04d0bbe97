import { Decimal } from 'decimal.js'
import { FeelDecimal } from './decimals.ts'
import type { Dialect } from './dialects.ts'
import { FeelDate, FeelDateTime, FeelTime } from './temporal/dateTime.ts'
import { DaysTimeDuration, YearsMonthsDuration } from './temporal/durations.ts'
import type { FunctionType } from './types.ts'

/** All that an expression can give. */
export type FeelValue = null | boolean | string | Decimal | FeelTemporal | FeelRange | FeelFunction | FeelValue[] | FeelContext

export type FeelContext = Map<string, FeelValue>

export type FeelTemporal = FeelDate | FeelTime | FeelDateTime | DaysTimeDuration | YearsMonthsDuration

/** One evaluation: the moment it takes place, and how much work it may still do. */
export interface Run {
  /** The moment of this evaluation, the same throughout, in milliseconds since 1970-01-01T00:00Z. */
  readonly nowMs: number
  /** How it is answered. */
  readonly dialect: Dialect
  /** Counts pieces of work; throws FeelEvaluationError 'too-much-work' when there were too many. */
  step(pieces?: number): void
  /** Counts the signs of a text to be made, as a small part of a step each; throws when the text would be too long. */
  signs(count: number): void
  /** Runs one level deeper; throws FeelEvaluationError 'too-much-work' when too deep. */
  deeper<T>(work: () => T): T
}

/** A function of FEEL, defined in an expression or handed in with the scope. */
export class FeelFunction {
  constructor(
    readonly parameters: readonly string[],
    readonly invoke: (args: readonly FeelValue[], run: Run) => FeelValue,
    /** Its type, where it is known. */
    readonly type?: FunctionType,
    /** The name under which the language has it, which may be called in several ways. */
    readonly builtIn?: string,
  ) {}

  toString(): string {
    return `function(${this.parameters.join(', ')})`
  }
}

/** How a range can be written as a comparison alone. */
export type RangeOperator = '=' | '!=' | '<' | '<=' | '>' | '>='

/** All values between two ends; an end of null is open. */
export class FeelRange {
  constructor(
    readonly low: FeelValue,
    readonly lowIncluded: boolean,
    readonly high: FeelValue,
    readonly highIncluded: boolean,
    /** The comparison as which it is written, with what its values are compared. */
    readonly comparison?: { readonly operator: RangeOperator; readonly end: FeelValue },
  ) {}

  toString(): string {
    return `${this.lowIncluded ? '[' : '('}${String(this.low)}..${String(this.high)}${this.highIncluded ? ']' : ')'}`
  }
}

export const isNull = (value: FeelValue): value is null => value === null
export const isBoolean = (value: FeelValue): value is boolean => typeof value === 'boolean'
export const isString = (value: FeelValue): value is string => typeof value === 'string'
// Decimal.isDecimal alone is slow for what is no object; it finds the numbers of other makers of decimals.
export const isNumber = (value: FeelValue): value is Decimal =>
  typeof value === 'object' && value !== null && (value instanceof FeelDecimal || Decimal.isDecimal(value))
export const isList = (value: FeelValue): value is FeelValue[] => Array.isArray(value)
export const isContext = (value: FeelValue): value is FeelContext => value instanceof Map
export const isFunction = (value: FeelValue): value is FeelFunction => value instanceof FeelFunction
export const isRange = (value: FeelValue): value is FeelRange => value instanceof FeelRange
export const isDate = (value: FeelValue): value is FeelDate => value instanceof FeelDate
export const isTime = (value: FeelValue): value is FeelTime => value instanceof FeelTime
export const isDateTime = (value: FeelValue): value is FeelDateTime => value instanceof FeelDateTime
export const isDaysTimeDuration = (value: FeelValue): value is DaysTimeDuration => value instanceof DaysTimeDuration
export const isYearsMonthsDuration = (value: FeelValue): value is YearsMonthsDuration => value instanceof YearsMonthsDuration

/** Whether a value is a date, a time, a date and time or a duration. */
export function isTemporal(value: FeelValue): value is FeelTemporal {
  return isDate(value) || isTime(value) || isDateTime(value) || isDaysTimeDuration(value) || isYearsMonthsDuration(value)
}

/** The name of a value's type, as `instance of` and error messages say it. */
export function typeName(value: FeelValue): string {
  return types.find(([, is]) => is(value))?.[0] ?? 'Null'
}

const types: readonly (readonly [string, (value: FeelValue) => boolean])[] = [
  ['boolean', isBoolean],
  ['string', isString],
  ['number', isNumber],
  ['list', isList],
  ['context', isContext],
  ['date', isDate],
  ['time', isTime],
  ['date and time', isDateTime],
  ['days and time duration', isDaysTimeDuration],
  ['years and months duration', isYearsMonthsDuration],
  ['range', isRange],
  ['function', isFunction],
]
