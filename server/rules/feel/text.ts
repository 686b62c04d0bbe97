import { numberJson, numberText } from './decimals.ts'
import { dialects } from './dialects.ts'
import type { Dialect } from './dialects.ts'
import { isContext, isList, isNumber, isRange, isString } from './values.ts'
import type { FeelValue } from './values.ts'

/** A value as the function `string()` writes it; null stays null. */
export function textOf(value: FeelValue, dialect: Dialect = dialects.camunda): string | null {
  if (value === null) return null
  return isString(value) ? value : nested(value, dialect)
}

function nested(value: FeelValue, dialect: Dialect): string {
  if (isString(value)) return `"${value}"`
  if (isNumber(value)) return dialect.plainText ? numberJson(value) : numberText(value)
  if (isList(value)) return `[${value.map((item) => nested(item, dialect)).join(', ')}]`
  if (isContext(value)) {
    const colon = dialect.plainText ? ': ' : ':'
    return `{${[...value].map(([key, entry]) => `${key}${colon}${nested(entry, dialect)}`).join(', ')}}`
  }
  if (isRange(value)) {
    const [low, high] = [value.low, value.high].map((end) => (end === null ? '' : nested(end, dialect)))
    return `${value.lowIncluded ? '[' : '('}${low}..${high}${value.highIncluded ? ']' : ')'}`
  }
  return dialect.plainText ? String(value).replace(/^\+/, '') : String(value)
}
