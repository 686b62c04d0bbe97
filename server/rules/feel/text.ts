import { numberText } from './decimals.ts'
import { isContext, isList, isNumber, isRange, isString } from './values.ts'
import type { FeelValue, Run } from './values.ts'

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
  return plain ? String(value).replace(/^\+/, '') : String(value)
}

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
