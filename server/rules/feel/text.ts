import { numberText } from './decimals.ts'
import { isContext, isList, isNumber, isString } from './values.ts'
import type { FeelValue } from './values.ts'

/** A value as the function `string()` writes it; null stays null. */
export function textOf(value: FeelValue): string | null {
  if (value === null) return null
  return isString(value) ? value : nested(value)
}

function nested(value: FeelValue): string {
  if (isString(value)) return `"${value}"`
  if (isNumber(value)) return numberText(value)
  if (isList(value)) return `[${value.map(nested).join(', ')}]`
  if (isContext(value)) return `{${[...value].map(([key, entry]) => `${key}:${nested(entry)}`).join(', ')}}`
  return String(value)
}
