import { decimal } from '../decimals.ts'
import { FeelEvaluationError } from '../errors.ts'
import { isString } from '../values.ts'
import type { FeelValue } from '../values.ts'
import { any, list, number, text, textOrNull, way } from './builtIn.ts'
import type { BuiltIn } from './builtIn.ts'
import { regularExpression, replaceAll } from './regularExpressions.ts'
import { base64 } from './base64.ts'

/** Functions on texts. Positions count from 1, from the end when negative, in UTF-16 units as the reference implementation does. */
export const stringFunctions: Readonly<Record<string, BuiltIn>> = {
  substring: [
    way([text('string'), number('start position')], (string, start) => part(string, start.trunc().toNumber())),
    way([text('string'), number('start position'), number('length')], (string, start, length) =>
      part(string, start.trunc().toNumber(), length.trunc().toNumber()),
    ),
  ],
  'string length': [way([text('string')], (string) => decimal(string.length))],
  'upper case': [way([text('string')], (string) => string.toUpperCase())],
  'lower case': [way([text('string')], (string) => string.toLowerCase())],
  'substring before': [
    way([text('string'), text('match')], (string, match) => string.slice(0, Math.max(string.indexOf(match), 0))),
  ],
  'substring after': [
    way([text('string'), text('match')], (string, match) => {
      const at = string.indexOf(match)
      return at < 0 ? '' : string.slice(at + match.length)
    }),
  ],
  contains: [way([text('string'), text('match')], (string, match) => string.includes(match))],
  'starts with': [way([text('string'), text('match')], (string, match) => string.startsWith(match))],
  'ends with': [way([text('string'), text('match')], (string, match) => string.endsWith(match))],
  matches: [
    way([text('input'), text('pattern')], (input, pattern) => regularExpression(pattern, '')?.test(input) ?? null),
    way([text('input'), text('pattern'), textOrNull('flags')], (input, pattern, flags) =>
      regularExpression(pattern, flags ?? '')?.test(input) ?? null,
    ),
  ],
  replace: [
    way([text('input'), text('pattern'), text('replacement')], (input, pattern, replacement) =>
      replaceAll(input, pattern, replacement, ''),
    ),
    way([text('input'), text('pattern'), text('replacement'), textOrNull('flags')], (input, pattern, replacement, flags) =>
      replaceAll(input, pattern, replacement, flags ?? ''),
    ),
  ],
  split: [
    way([text('string'), text('delimiter')], (string, delimiter) => {
      const expression = regularExpression(delimiter, '')
      return expression ? string.split(expression).filter((each) => each !== undefined) : null
    }),
  ],
  extract: [
    way([text('string'), text('pattern')], (string, pattern) => {
      const expression = regularExpression(pattern, 'g')
      return expression ? Array.from(string.matchAll(expression), (found) => found[0]) : null
    }),
  ],
  'string join': [
    way([list('list')], (items) => join(items, '')),
    way([list('list'), textOrNull('delimiter')], (items, delimiter) => join(items, delimiter ?? '')),
    way([list('list'), textOrNull('delimiter'), textOrNull('prefix'), textOrNull('suffix')], (items, delimiter, prefix, suffix) => {
      const joined = join(items, delimiter ?? '')
      return joined === null ? null : `${prefix ?? ''}${joined}${suffix ?? ''}`
    }),
  ],
  trim: [way([text('string')], (string) => string.trim())],
  'is blank': [way([text('string')], (string) => string.trim() === '')],
  'to base64': [way([text('value')], base64)],
  'is empty': [way([any('list')], (value) => (Array.isArray(value) ? value.length === 0 : value instanceof Map ? value.size === 0 : null))],
}

function part(string: string, start: number, length?: number): string {
  if (start === 0) return ''
  const from = start > 0 ? start - 1 : string.length + start
  const to = length === undefined ? string.length : from + length
  if (from < 0 || to < from || from > string.length || to > string.length) {
    throw new FeelEvaluationError(
      'out-of-range',
      `Expected a start and length inside a text of ${string.length} characters, but they are ${start} and ${length ?? 'open'}`,
    )
  }
  return string.slice(from, to)
}

function join(items: readonly FeelValue[], delimiter: string): string | null {
  const texts = items.filter((item) => item !== null)
  return texts.every(isString) ? texts.join(delimiter) : null
}
