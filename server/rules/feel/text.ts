import { numberText } from './decimals.ts'
import type { Dialect } from './dialects.ts'
import { isContext, isList, isNumber, isRange, isString, isTemporal } from './values.ts'
import type { FeelTemporal, FeelValue, Run } from './values.ts'

/** A value as the function `string()` writes it; null stays null. */
export function textOf(value: FeelValue, run?: Run): string | null {
  if (value === null) return null
  return isString(value) ? value : nested(value, run)
}

function nested(value: FeelValue, run?: Run): string {
  const plain = run?.dialect.plainText ?? false
  if (isString(value)) return plain ? quoted(value) : `"${value}"`
  if (isNumber(value)) return numberText(value)
  if (isList(value)) return `[${joined(value.map((item) => nested(item, run)), run)}]`
  if (isContext(value)) {
    const entries = [...value].map(([key, entry]) => (plain ? `${keyText(key)}: ` : `${key}:`) + nested(entry, run))
    return `{${joined(entries, run)}}`
  }
  if (isRange(value)) {
    const [low, high] = [value.low, value.high].map((end) => (end === null ? '' : nested(end, run)))
    return `${value.lowIncluded ? '[' : '('}${low}..${high}${value.highIncluded ? ']' : ')'}`
  }
  return isTemporal(value) && run ? temporalText(value, run.dialect) : String(value)
}

/** The text of a date, a time, a date and time or a duration. */
export function temporalText(value: FeelTemporal, { plainText }: Dialect): string {
  const text = String(value)
  return plainText ? (plainTexts.get(text) ?? text.replace(/^\+/, '')) : text
}

// What tests of the standard compare with: no time at all, of either kind.
const plainTexts = new Map([['P0D', 'PT0S'], ['P0Y', 'P0M']])

// A key that is no name is written as a text.
function keyText(key: string): string {
  return /^[\p{L}_][\p{L}\p{N}_ .'+*/-]*$/u.test(key) ? key : quoted(key)
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

function joined(texts: readonly string[], run?: Run): string {
  run?.step(texts.length)
  run?.signs(texts.reduce((sum, text) => sum + text.length, 0))
  return texts.join(', ')
}
