import {
  converted, dialects, isOf, isString, readDate, readDateTime, readDuration, readTemporal, readTime, simpleType, textOf,
} from '../../feel/index.ts'
import type { Dialect, FeelType, FeelValue } from '../../feel/index.ts'
import { ANY } from '../../feel/types.ts'
import { DecisionFault } from '../model.ts'

/** A type as a decision model declares it. */
export interface DataType {
  readonly name: string
  /** What it is made of, as the language knows it, without the values that are allowed. */
  readonly structure: FeelType
  /** Whether a value is of this type. Null is of every type. */
  holds(value: FeelValue): boolean
  /** The value that JSON stands for: a text is a date where a date is declared. Other values stay as they are. */
  read(value: FeelValue, nowMs: number): FeelValue
  /** What a list holds; undefined for what is no list. */
  readonly items?: DataType
  /** What a function gives; undefined for what is no function. */
  readonly result?: DataType
  /** The values that are allowed, as unary tests; undefined where all are. */
  readonly allowed?: string
}

/** A value as a declared type wants it, by the standard's conversions; null when it cannot be. */
export function fit(value: FeelValue, type: DataType | undefined): FeelValue {
  if (!type) return value
  const made = converted(value, type.structure)
  return type.holds(made) ? made : null
}

/**
 * A value as a declared type wants it. Where the dialect asks for all types, one of another type is null; else one
 * that is not of a simple type named as in DMN 1.1 fails with DecisionFault, and other types are not asked for.
 */
export function checked(value: FeelValue, type: DataType | undefined, { typesAsked }: Dialect): FeelValue {
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
    // JSON has no dates, so the text of one is read as one where anything is welcome.
    simple('Any', 'Any', readAny),
    ...['string', 'number', 'boolean', 'context', 'list', 'function', 'range'].map((name) => simple(name, name)),
    simple('date', 'date', (text) => readDate(text)),
    simple('time', 'time', readTime),
    ...['date and time', 'dateTime'].map((name) => simple(name, 'date and time', (text) => readDateTime(text))),
    ...['days and time duration', 'dayTimeDuration'].map((name) => simple(name, 'days and time duration', (text) => readDuration(text))),
    ...['years and months duration', 'yearMonthDuration'].map((name) =>
      simple(name, 'years and months duration', (text) => readDuration(text))),
  ].map((type) => [type.name, type] as const),
)

function readAny(text: string, nowMs: number): FeelValue {
  return readTemporal(text, { nowMs, dialect: dialects.dmn })
}

function simple(name: string, ofLanguage: string, fromText?: (text: string, nowMs: number) => FeelValue): DataType {
  const structure = simpleType(ofLanguage) ?? ANY
  return {
    name,
    structure,
    holds: (value) => value === null || isOf(value, structure),
    read: (value, nowMs) => (fromText && isString(value) ? fromText(value, nowMs) ?? value : value),
  }
}
