import type { Dialect } from '../dialects.ts'
import { decimal } from '../decimals.ts'
import type { FeelValue } from '../values.ts'
import type { Compilation } from './context.ts'
import type { Part } from './tree.ts'

/** The number a numeral means. */
export function numberLiteral(part: Part, compilation: Compilation): FeelValue {
  const text = part.text.replace(/\s/g, '')
  const [digits = '', exponent] = text.split(/e/i)
  const plain = /^-?(\d+(\.\d+)?|\.\d+)$/.test(digits)
  const allowed = exponent === undefined || (compilation.dialect.exponents && /^[-+]?\d{1,9}$/.test(exponent))
  if (!plain || !allowed) compilation.fail(part, `A number is written with digits and a point, but not like "${text}"`)
  const number = decimal(text)
  return number.isFinite() ? number : compilation.fail(part, `The number ${text.slice(0, 40)} is too large`)
}

const signs: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '"': '"', "'": "'", '\\': '\\' }

/** The text a literal means. Other escapes stay as written: they are those of regular expressions. */
export function unescape(literal: string, dialect: Dialect): string {
  return literal.slice(1, -1).replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|([nrtbf"'\\]))/g, (written, short, long, sign) => {
    if (sign !== undefined) return signs[sign] ?? ''
    const code = Number.parseInt(short ?? long, 16)
    return dialect.unicodeEscapes && code <= 0x10ffff ? String.fromCodePoint(code) : written
  })
}
