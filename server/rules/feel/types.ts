import { FeelDateTime } from './temporal/dateTime.ts'
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
import type { FeelValue } from './values.ts'

/** A type, as `instance of`, parameters and declarations of decisions name it. */
export type FeelType =
  | { readonly kind: 'simple'; readonly name: SimpleTypeName }
  | { readonly kind: 'list'; readonly item: FeelType }
  | { readonly kind: 'range'; readonly of: FeelType }
  | { readonly kind: 'context'; readonly entries: ReadonlyMap<string, FeelType> }
  | FunctionType

export interface FunctionType {
  readonly kind: 'function'
  readonly parameters: readonly FeelType[]
  readonly result: FeelType
}

const simple = {
  Any: (value: FeelValue) => value !== null,
  Null: (value: FeelValue) => value === null,
  number: isNumber,
  string: isString,
  boolean: isBoolean,
  list: isList,
  context: isContext,
  date: isDate,
  time: isTime,
  'date and time': isDateTime,
  'days and time duration': isDaysTimeDuration,
  'years and months duration': isYearsMonthsDuration,
  function: isFunction,
  range: isRange,
}

export type SimpleTypeName = keyof typeof simple

export const ANY: FeelType = { kind: 'simple', name: 'Any' }

/** The type of the language with a name, "number"; undefined when the language has none of that name. */
export function simpleType(name: string): FeelType | undefined {
  return Object.hasOwn(simple, name) ? { kind: 'simple', name: name as SimpleTypeName } : undefined
}

/** Whether a value is of a type. Null is of no type but Null; inside lists, contexts and ranges it may stand for anything. */
export function isOf(value: FeelValue, type: FeelType): boolean {
  switch (type.kind) {
    case 'simple':
      return simple[type.name](value)
    case 'list':
      return isList(value) && value.every((item) => isOfOrNull(item, type.item))
    case 'range':
      return isRange(value) && isOfOrNull(value.low, type.of) && isOfOrNull(value.high, type.of)
    case 'context':
      return isContext(value) && [...type.entries].every(([key, entry]) => value.has(key) && isOfOrNull(value.get(key) ?? null, entry))
    case 'function':
      if (!isFunction(value)) return false
      return value.type ? conforms(value.type, type) : value.parameters.length === type.parameters.length
  }
}

/** Whether each value of one type is of the other, too: more entries, wider parameters and a narrower result are allowed. */
export function conforms(type: FeelType, to: FeelType): boolean {
  if (type.kind === 'simple' && type.name === 'Null') return true
  if (to.kind === 'simple') return to.name === 'Any' || to.name === (type.kind === 'simple' ? type.name : type.kind)
  if (type.kind === 'list' && to.kind === 'list') return conforms(type.item, to.item)
  if (type.kind === 'range' && to.kind === 'range') return conforms(type.of, to.of)
  if (type.kind === 'context' && to.kind === 'context') {
    return [...to.entries].every(([key, entry]) => conforms(type.entries.get(key) ?? ANY, entry) && type.entries.has(key))
  }
  if (type.kind !== 'function' || to.kind !== 'function') return false
  const wider = to.parameters.every((parameter, index) => conforms(parameter, type.parameters[index] ?? ANY))
  return type.parameters.length === to.parameters.length && wider && conforms(type.result, to.result)
}

/**
 * A value as a place of a declared type takes it (DMN 1.3, 10.3.2.9.4): as it is, the only item of a list, a list of the one item,
 * the midnight of a date in UTC; null when it is of another type.
 */
export function converted(value: FeelValue, type: FeelType): FeelValue {
  if (value === null || isAny(type) || isOf(value, type)) return value
  const only = isList(value) && value.length === 1 ? value[0] : undefined
  if (only !== undefined && isOf(only, type)) return only
  if (isOf([value], type)) return [value]
  if (isDate(value) && type.kind === 'simple' && type.name === 'date and time') {
    return new FeelDateTime(value, 0, { offsetSeconds: 0, zone: null })
  }
  return null
}

function isAny(type: FeelType): boolean {
  return type.kind === 'simple' && type.name === 'Any'
}

function isOfOrNull(value: FeelValue, type: FeelType): boolean {
  return value === null || isOf(value, type)
}
