import {
  FeelDateTime,
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
  readDate,
  readDateTime,
  readDuration,
  readTime,
  textOf,
} from '../../feel/index.ts'
import type { FeelValue } from '../../feel/index.ts'
import type { DecisionDialect } from '../dialects.ts'
import { DecisionFault } from '../model.ts'

/** A type as a decision model declares it. */
export interface DataType {
  readonly name: string
  /** Whether a value is of this type. Null is of every type. */
  holds(value: FeelValue): boolean
  /** The value that JSON stands for: a text is a date where a date is declared. Other values stay as they are. */
  read(value: FeelValue, nowMs: number): FeelValue
  /** What a list holds; undefined for what is no list. */
  readonly items?: DataType
  /** The values that are allowed, as unary tests; undefined where all are. */
  readonly allowed?: string
}

/** A value as a declared type wants it, by the standard's conversions; null when it cannot be. */
export function fit(value: FeelValue, type: DataType | undefined): FeelValue {
  if (!type || type.holds(value)) return value
  if (isList(value) && value.length === 1 && !type.items) return fit(value[0] ?? null, type)
  if (type.items?.holds(value)) return [value]
  if (isDate(value)) {
    const midnight = new FeelDateTime(value, 0, { offsetSeconds: 0, zone: null })
    if (type.holds(midnight)) return midnight
  }
  return null
}

/**
 * A value as a declared type wants it. Where the dialect asks for all types, one of another type is null; else one
 * that is not of a simple type named as in DMN 1.1 fails with DecisionFault, and other types are not asked for.
 */
export function checked(value: FeelValue, type: DataType | undefined, { typesAsked }: DecisionDialect): FeelValue {
  if (typesAsked) return fit(value, type)
  if (!type || !ASKED_ALWAYS.has(type.name) || type.holds(value)) return value
  throw new DecisionFault(`expected '${type.name}' but found '${quoted(value)}'`)
}

const ASKED_ALWAYS = new Set(['string', 'number', 'boolean', 'date', 'time', 'dateTime', 'dayTimeDuration', 'yearMonthDuration'])

/** A value as messages show it. */
export function quoted(value: FeelValue): string {
  return isString(value) ? JSON.stringify(value) : textOf(value) ?? 'null'
}

/** The types of the language itself, under all the names that versions of the standard have for them. */
export const simpleTypes: ReadonlyMap<string, DataType> = new Map(
  [
    simple(['Any'], () => true),
    simple(['string'], isString),
    simple(['number'], isNumber),
    simple(['boolean'], isBoolean),
    simple(['date'], isDate, (text) => readDate(text)),
    simple(['time'], isTime, readTime),
    simple(['date and time', 'dateTime'], isDateTime, (text) => readDateTime(text)),
    simple(['days and time duration', 'dayTimeDuration'], isDaysTimeDuration, (text) => readDuration(text)),
    simple(['years and months duration', 'yearMonthDuration'], isYearsMonthsDuration, (text) => readDuration(text)),
    simple(['context'], isContext),
    simple(['list'], isList),
    simple(['function'], isFunction),
    simple(['range'], isRange),
  ].flatMap((types) => types.map((type) => [type.name, type] as const)),
)

function simple(names: readonly string[], is: (value: FeelValue) => boolean, fromText?: (text: string, nowMs: number) => FeelValue): DataType[] {
  return names.map((name) => ({
    name,
    holds: (value) => value === null || is(value),
    read: (value, nowMs) => (fromText && isString(value) ? fromText(value, nowMs) ?? value : value),
  }))
}
