import {
  FeelDecimal, isContext, isList, isNumber, isString, readDate, readDateTime, readDuration, readTime,
} from '../../../../server/rules/feel/index.ts'
import type { FeelValue } from '../../../../server/rules/feel/index.ts'
import type { Written } from './testCases.ts'

/** A value as JSON for the command line. */
export function jsonOf(value: Written): string {
  switch (value.kind) {
    case 'null':
      return 'null'
    case 'list':
      return `[${value.items.map(jsonOf).join(',')}]`
    case 'context':
      return objectOf(value.entries)
    case 'simple':
      return NUMBERS.has(value.type) || value.type === 'boolean' ? value.text.trim() : JSON.stringify(value.text)
  }
}

/** Named values as a JSON object. */
export function objectOf(entries: ReadonlyMap<string, Written>): string {
  return `{${[...entries].map(([name, value]) => `${JSON.stringify(name)}:${jsonOf(value)}`).join(',')}}`
}

// Files write results of logarithms and roots with some eight digits.
const CLOSE = new FeelDecimal('1e-8')

/** Whether an answer, read from JSON, is what a test case wants: numbers to eight places, moments and durations by meaning. */
export function isAnswer(answer: FeelValue, wanted: Written): boolean {
  switch (wanted.kind) {
    case 'null':
      return answer === null
    case 'list':
      return isList(answer) && answer.length === wanted.items.length && wanted.items.every((item, at) => isAnswer(answer[at] ?? null, item))
    case 'context':
      return isContext(answer) && answer.size === wanted.entries.size
        && [...wanted.entries].every(([name, value]) => answer.has(name) && isAnswer(answer.get(name) ?? null, value))
    case 'simple':
      return isSimpleAnswer(answer, wanted.type, wanted.text)
  }
}

function isSimpleAnswer(answer: FeelValue, type: string, text: string): boolean {
  if (NUMBERS.has(type)) return isNumber(answer) && answer.minus(text.trim()).abs().lte(CLOSE)
  if (type === 'boolean') return answer === (text.trim() === 'true')
  if (!isString(answer)) return false
  const read = readers[type]
  if (!read || answer === text.trim()) return answer === text
  const wanted = read(text.trim())
  return wanted !== null && String(read(answer)) === String(wanted)
}

const NUMBERS = new Set(['decimal', 'double', 'float', 'integer', 'int', 'long'])

const readers: Readonly<Record<string, (text: string) => FeelValue>> = {
  date: (text) => readDate(text),
  time: (text) => readTime(text, 0),
  dateTime: (text) => readDateTime(text),
  duration: readDuration,
  dayTimeDuration: readDuration,
  yearMonthDuration: readDuration,
}
