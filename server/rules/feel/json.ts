import { Decimal } from 'decimal.js'
import { decimal, FeelDecimal, numberJson } from './decimals.ts'
import { dialects } from './dialects.ts'
import type { Dialect } from './dialects.ts'
import { FeelSyntaxError } from './errors.ts'
import { temporalText } from './text.ts'
import { FeelFunction, FeelRange, isBoolean, isContext, isFunction, isList, isNumber, isString, isTemporal } from './values.ts'
import type { FeelValue } from './values.ts'

const DEEPEST = 500

/** Reads JSON with exact decimals. Throws FeelSyntaxError with the position of the first fault. */
export function parseJson(text: string): FeelValue {
  let at = 0

  const value = (depth: number): FeelValue => {
    if (depth > DEEPEST) fail('is nested too deep')
    space()
    switch (text[at]) {
      case '{':
        return object(depth)
      case '[':
        return array(depth)
      case '"':
        return string()
      case 't':
        return word('true', true)
      case 'f':
        return word('false', false)
      case 'n':
        return word('null', null)
      default:
        return number()
    }
  }

  const object = (depth: number): FeelValue => {
    const entries = new Map<string, FeelValue>()
    at++
    space()
    if (text[at] === '}') return close(entries)
    for (;;) {
      space()
      if (text[at] !== '"') fail('lacks a name in quotes')
      const key = string()
      space()
      if (text[at++] !== ':') fail('lacks a colon', at - 1)
      entries.set(key, value(depth + 1))
      space()
      if (text[at] === '}') return close(entries)
      if (text[at++] !== ',') fail('lacks a comma or a closing brace', at - 1)
    }
  }

  const array = (depth: number): FeelValue => {
    const items: FeelValue[] = []
    at++
    space()
    if (text[at] === ']') return close(items)
    for (;;) {
      items.push(value(depth + 1))
      space()
      if (text[at] === ']') return close(items)
      if (text[at++] !== ',') fail('lacks a comma or a closing bracket', at - 1)
    }
  }

  const string = (): string => {
    const start = at
    let end = at + 1
    while (text[end] !== '"') {
      if (end >= text.length) fail('has a text without an end', start)
      end += text[end] === '\\' ? 2 : 1
    }
    at = end + 1
    const inside = text.slice(start + 1, end)
    if (!/[\\\u0000-\u001f]/.test(inside)) return inside
    try {
      return JSON.parse(text.slice(start, at)) as string
    } catch {
      return fail('has a text with a wrong escape', start)
    }
  }

  const number = (): Decimal => {
    NUMBER.lastIndex = at
    const found = NUMBER.exec(text)?.[0]
    if (found === undefined) return fail('has a value that is none')
    at += found.length
    const read = new FeelDecimal(found)
    return read.isFinite() ? read : fail('has a number too large', at - found.length)
  }

  const word = <T extends FeelValue>(name: string, meaning: T): T => {
    if (!text.startsWith(name, at)) fail('has a value that is none')
    at += name.length
    return meaning
  }

  const close = <T extends FeelValue>(made: T): T => {
    at++
    return made
  }

  const space = (): void => {
    while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++
  }

  const fail = (what: string, position = at): never => {
    throw new FeelSyntaxError(`Expected JSON, but it ${what} at position ${position}`, position)
  }

  const read = value(0)
  space()
  if (at < text.length) fail('goes on')
  return read
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y

/** Writes JSON: decimals exact, temporal values, as the dialect writes them, and ranges as their text, functions as null. */
export function toJson(value: FeelValue, dialect: Dialect = dialects.camunda): string {
  if (value === null || isFunction(value)) return 'null'
  if (isBoolean(value)) return String(value)
  if (isNumber(value)) return numberJson(value)
  if (isList(value)) return `[${value.map((item) => toJson(item, dialect)).join(',')}]`
  if (isContext(value)) return `{${[...value].map(([key, entry]) => `${JSON.stringify(key)}:${toJson(entry, dialect)}`).join(',')}}`
  return JSON.stringify(isTemporal(value) ? temporalText(value, dialect) : String(value))
}

/** A value of FEEL from a plain JavaScript one. Numbers are taken as they print, dates as ISO text, undefined as null. */
export function fromPlain(value: unknown): FeelValue {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return Number.isFinite(value) ? decimal(value) : null
  if (typeof value === 'bigint') return decimal(value)
  if (Array.isArray(value)) return value.map(fromPlain)
  if (value instanceof Map) return new Map([...value].map(([key, entry]) => [String(key), fromPlain(entry)]))
  if (isFeelObject(value)) return value
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'object') return null
  return new Map(Object.entries(value).map(([key, entry]) => [key, fromPlain(entry)]))
}

/** A plain JavaScript value: a number only where it is exact, else its text; temporal values as ISO text; functions as null. */
export function toPlain(value: FeelValue): unknown {
  if (value === null || isBoolean(value) || isString(value)) return value
  if (isNumber(value)) return plainNumber(value)
  if (isList(value)) return value.map(toPlain)
  if (isContext(value)) return Object.fromEntries([...value].map(([key, entry]) => [key, toPlain(entry)]))
  return isFunction(value) ? null : String(value)
}

function plainNumber(value: Decimal): number | string {
  const binary = value.toNumber() + 0 // zero has no sign
  return new FeelDecimal(String(binary)).eq(value) ? binary : numberJson(value)
}

function isFeelObject(value: object): value is Exclude<FeelValue, null | boolean | string> {
  return Decimal.isDecimal(value) || value instanceof FeelRange || value instanceof FeelFunction || isTemporal(value as FeelValue)
}
