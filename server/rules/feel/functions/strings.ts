import { decimal } from '../decimals.ts'
import type { Dialect } from '../dialects.ts'
import { FeelEvaluationError } from '../errors.ts'
import { isString } from '../values.ts'
import type { FeelValue, Run } from '../values.ts'
import { any, list, number, text, textOrNull, way } from './builtIn.ts'
import type { BuiltIn } from './builtIn.ts'
import { foundTexts, isFound, replaceAll, splitAt } from './regularExpressions.ts'
import { base64, fromBase64 } from './base64.ts'

/** Functions on texts. Positions count from 1, from the end when negative. */
export const stringFunctions: Readonly<Record<string, BuiltIn>> = {
  substring: [
    way([text('string'), number('start position')], (string, start, run) => part(string, start.trunc().toNumber(), run.dialect)),
    way([text('string'), number('start position'), number('length')], (string, start, length, run) =>
      part(string, start.trunc().toNumber(), run.dialect, length.trunc().toNumber()),
    ),
  ],
  'string length': [way([text('string')], (string, run) => decimal(signsOf(string, run.dialect).length))],
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
    way([text('input'), text('pattern')], (input, pattern, run) => isFound(input, pattern, '', run)),
    way([text('input'), text('pattern'), textOrNull('flags')], (input, pattern, flags, run) => isFound(input, pattern, flags ?? '', run)),
  ],
  replace: [
    way([text('input'), text('pattern'), text('replacement')], (input, pattern, replacement, run) =>
      replaceAll(input, pattern, replacement, '', run),
    ),
    way([text('input'), text('pattern'), text('replacement'), textOrNull('flags')], (input, pattern, replacement, flags, run) =>
      replaceAll(input, pattern, replacement, flags ?? '', run),
    ),
  ],
  split: [
    way([text('string'), text('delimiter')], (string, delimiter, run) => splitAt(string, delimiter, run)),
  ],
  extract: [
    way([text('string'), text('pattern')], (string, pattern, run) => foundTexts(string, pattern, run)),
  ],
  'string join': [
    way([list('list')], (items, run) => join(items, '', run)),
    way([list('list'), textOrNull('delimiter')], (items, delimiter, run) => join(items, delimiter ?? '', run)),
    way([list('list'), textOrNull('delimiter'), textOrNull('prefix'), textOrNull('suffix')], (items, delimiter, prefix, suffix, run) => {
      const joined = join(items, delimiter ?? '', run)
      return joined === null ? null : `${prefix ?? ''}${joined}${suffix ?? ''}`
    }),
  ],
  trim: [way([text('string')], (string) => string.trim())],
  'is blank': [way([text('string')], (string) => string.trim() === '')],
  'to base64': [way([text('value')], base64)],
  'from base64': [way([text('value')], fromBase64)],
  'is empty': [way([any('list')], (value) => (Array.isArray(value) ? value.length === 0 : value instanceof Map ? value.size === 0 : null))],
}

function signsOf(string: string, dialect: Dialect): string | readonly string[] {
  return dialect.codePoints ? [...string] : string
}

function part(text: string, start: number, dialect: Dialect, length?: number): string | null {
  if (start === 0) return dialect.strictPositions ? null : ''
  if (dialect.strictPositions && length !== undefined && length < 1) return null
  const string = signsOf(text, dialect)
  if (dialect.strictPositions && Math.abs(start) > string.length) return null
  const from = start > 0 ? start - 1 : string.length + start
  const wanted = length === undefined ? string.length : from + length
  const to = dialect.strictPositions ? Math.min(wanted, string.length) : wanted
  if (from < 0 || to < from || from > string.length || to > string.length) {
    throw new FeelEvaluationError(
      'out-of-range',
      `Expected a start and length inside a text of ${string.length} characters, but they are ${start} and ${length ?? 'open'}`,
    )
  }
  const found = string.slice(from, to)
  return typeof found === 'string' ? found : found.join('')
}

function join(items: readonly FeelValue[], delimiter: string, run: Run): string | null {
  const texts = items.filter((item) => item !== null)
  if (!texts.every(isString)) return null
  run.signs(texts.reduce((sum, each) => sum + each.length + delimiter.length, 0))
  return texts.join(delimiter)
}
