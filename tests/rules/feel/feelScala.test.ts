import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  compileExpression,
  compileUnaryTests,
  fromPlain,
  isBoolean,
  isContext,
  isList,
  isNumber,
  isString,
  scopeOf,
} from '../../../server/rules/feel/index.ts'
import type { FeelContext, FeelValue } from '../../../server/rules/feel/index.ts'
import { numberText } from '../../../server/rules/feel/decimals.ts'

interface Answer {
  readonly expression: string
  readonly input?: unknown
  readonly context?: Record<string, unknown>
  readonly value?: unknown
  readonly fails?: boolean
}

const asked = JSON.parse(readFileSync(new URL('feelScalaAnswers.json', import.meta.url), 'utf8')) as {
  context: Record<string, unknown>
  answers: Answer[]
}

/** Where ours answers otherwise, and why. Everything else must be equal. */
const differences: Readonly<Record<string, readonly string[]>> = {
  'more of the language is accepted than the reference implementation parses': [
    'for i in [1..3] return i',
    'l instance of list<number>',
    'duration("P1D") instance of day-time-duration',
    '{f: function(x) x + 1}.f(2)',
    '(function(x) x + 1)(2)',
    '[1..5].start',
    '[1..5].end',
    '[1..5] = [1..5]',
    'not("a"), "b"',
  ],
  'the grammar takes no type after "function(x) x instance of"': ['function(x) x instance of function'],
  'a function that does not exist is told when the expression is compiled': ['f(1)', 'unknownfn(1)'],
  'a function that calls itself is refused when compiled': ['{f: function(x) if x < 2 then 1 else x * f(x - 1), r: f(5)}.r'],
  'functions that came after 1.17': [
    'uuid()',
    'trim(" a ")',
    'is blank(" ")',
    'partition([1,2,3],2)',
    'is empty([])',
    'list replace([1,2], 1, 5)',
    'range("[1..2]")',
    'from base64("YQ==")',
    'to base64("a")',
    'is(1,1)',
    'from json("1")',
    'to json(1)',
  ],
  'a range is a value': [
    'concatenate([1..5], true)',
    'concatenate([1..5], 0)',
    'concatenate([1..5], [1,2,3])',
    'concatenate([1..5], {a:1})',
    'concatenate([1..5], date and time("2024-01-31T10:30:00"))',
    'concatenate([1..5], duration("P1DT2H"))',
    'concatenate([1..5], function(x) x)',
    'union([1..5], true)',
    'union([1..5], 0)',
    'union([1..5], {a:1})',
    'union([1..5], date and time("2024-01-31T10:30:00"))',
    'union([1..5], duration("P1DT2H"))',
    'union([1..5], function(x) x)',
    'get or else([1..5], true)',
    'get or else([1..5], 0)',
    'get or else([1..5], {a:1})',
    'get or else([1..5], date and time("2024-01-31T10:30:00"))',
    'get or else([1..5], duration("P1DT2H"))',
    'get or else([1..5], function(x) x)',
    '[1..5]',
    '(1..5)',
    '[1..n]',
    '["a".."c"]',
    '[5..1]',
    ']1..3[',
    'concatenate([1..5], nope)',
    'concatenate([1..5], date and time("2024-01-31T10:30:00+01:00"))',
    'union([1..5], [1,2,3])',
    'get or else([1..5], [1,2,3])',
  ],
  'fractions of a second in a duration are written': [
    'duration("P1DT2H3M4.5S")',
    'duration("PT0.001S")',
    'duration("-PT1.5S")',
    'string(duration("-PT26H3M4.5S"))',
    'string(duration("PT0.5S"))',
    'duration("P1D") / 7',
    'duration("PT1S") / 3',
    'duration("PT1S") / 4',
    'duration("PT0.005S") / 2',
    'duration("-P1DT2H") / 7',
    'duration("PT1S") / 3 + duration("PT1S") / 1.5',
    'duration("PT0.0000015S") * 1000000',
  ],
  'a time in a zone is written with its zone': ['time("10:00:00@Europe/Belgrade")'],
  'numbers have 34 digits, and no exponent for round ones': ['123456789012345678901234567890123456789 + 1', 'string(decimal(123,-2))'],
  'the reference implementation prints this one without an exponent here, but with one in string()': ['0.000001 * 0.000001'],
  'null instead of a failure of the reference implementation': [
    'overlaps(1, [1..2])',
    'finishes([1..10], 10)',
    'includes(5, [1..10])',
    'during([1..10], 5)',
    'starts([1..2],1)',
    '[1] < [2]',
    '[1,2,3] < [1,2,3]',
    '[1,2,3] <= [1,2,3]',
    'min([1,2,3], [1,2,3])',
    'max([1,2,3], [1,2,3])',
  ],
  'a backslash before another stays one sign, whatever follows': ['"a\\\\b"'],
  'half of a pair of UTF-16 units has no agreed print': ['substring("😀ab", 2)'],
  'position 0 removes nothing': ['remove([1], 0)', 'remove([1,2,3], 0)', 'remove([1,"a",null], 0)'],
  'equal contexts are the same value': ['distinct values([[1], [1], {a: 1}, {a: 1}])', 'union({a:1}, {a:1})'],
  'an argument that may be omitted may be omitted by name, too': ['sublist(list: [1,2], start position: 2)'],
  'an order that never holds leaves the list as it is': ['sort([1,2], function(a) a)'],
  'other texts and values that java.time takes, but the standard does not': [
    'time("24:00:00")',
    'duration("+P1D")',
  ],
}

const known = new Set(Object.values(differences).flat())

describe('the reference implementation (FEEL-Scala 1.17.4) is answered alike', () => {
  const differing = asked.answers.filter((answer) => !isAnsweredAlike(answer)).map(({ expression }) => expression)

  test('except where the difference is named', () => {
    expect(differing.filter((expression) => !known.has(expression))).toEqual([])
  })

  test('and no named difference is out of date', () => {
    expect([...known].filter((expression) => !differing.includes(expression))).toEqual([])
  })

  test('close to ten thousand expressions, and 99 of 100 alike', () => {
    expect(asked.answers.length).toBeGreaterThan(9500)
    expect(differing.length / asked.answers.length).toBeLessThan(0.01)
  })
})

function isAnsweredAlike(answer: Answer): boolean {
  try {
    const value = ours(answer)
    return !answer.fails && JSON.stringify(printed(value)) === JSON.stringify(answer.value)
  } catch (error) {
    if (!(error instanceof Error && error.name.startsWith('Feel'))) throw error
    return answer.fails === true
  }
}

function ours(answer: Answer): FeelValue {
  const scope = scopeOf(answer.context ?? asked.context, () => Date.parse('2026-11-24T00:00:00Z'))
  if ('input' in answer) return compileUnaryTests(answer.expression).evaluate(fromPlain(answer.input), scope)
  return compileExpression(answer.expression).evaluate(scope)
}

function printed(value: FeelValue): unknown {
  if (value === null || isBoolean(value) || isString(value)) return value
  if (isNumber(value)) return { n: numberText(value) }
  if (isList(value)) return value.map(printed)
  if (isContext(value)) return { c: printedEntries(value) }
  return { t: String(value) }
}

function printedEntries(context: FeelContext): Record<string, unknown> {
  const ordered = [...context].sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(ordered.map(([key, entry]) => [key, printed(entry)]))
}
