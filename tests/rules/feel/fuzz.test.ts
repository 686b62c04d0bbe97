import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  compileExpression,
  compileUnaryTests,
  FeelEvaluationError,
  FeelSyntaxError,
  fromPlain,
  parseJson,
  scopeOf,
  toJson,
  toPlain,
} from '../../../server/rules/feel/index.ts'
import { builtIns } from '../../../server/rules/feel/functions/index.ts'

const kept = readFileSync(new URL('feelScalaAnswers.json', import.meta.url), 'utf8')
const expressions = (JSON.parse(kept) as { answers: { expression: string }[] }).answers.map(({ expression }) => expression)

const words = [
  'if', 'then', 'else', 'for', 'in', 'return', 'some', 'every', 'satisfies', 'and', 'or', 'not(', 'between', 'instance of', 'function(',
  '1', '"a"', '[', ']', '(', ')', '{', '}', ',', ':', '.', '..', '+', '-', '*', '/', '**', '=', '<', '>=', '!=', '`', '@', '?', 'null',
  'x', 'y', 'true', 'date', 'time', 'sum(', 'date and time(', 'list', 'a b', '//', '/*', '*/', '\n', '"', 'ж', 'item', 'partial', '-1',
  '0.5', 'get or else(',
]

const nonsense = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...words), { maxLength: 25 }).map((some) => some.join(' ')),
  fc.tuple(fc.constantFrom(...expressions), fc.nat(60), fc.constantFrom('', ...words), fc.nat(5)).map(
    ([expression, at, word, left]) => expression.slice(0, at) + word + expression.slice(at + left),
  ),
)

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.maxSafeInteger(),
    tie('list'),
    tie('context'),
  ),
  list: fc.array(tie('any'), { maxLength: 4 }),
  context: fc.dictionary(fc.string(), tie('any'), { maxKeys: 4, noNullPrototype: true }),
})).any

const atoms = [
  'null', 'true', '0', '-1.5', '10**30', '"a"', '"(a+)+$"', 'x', 'y', 'item', 'date("2024-02-29")', '@"P1D"', '@"P1Y"', '[1..3]', '(< 5)',
]
const operators = ['+', '-', '*', '/', '**', '=', '!=', '<', '>=', 'and', 'or', 'in']
const types = ['number', 'list<Any>', 'range<date>', 'context<a: string>', 'function<>->Any']

/** Expressions that the grammar takes, of any nonsense. */
const sensible = fc.letrec<{ any: string; list: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...atoms),
    tie('list'),
    fc.tuple(tie('any'), fc.constantFrom(...operators), tie('any')).map((parts) => `(${parts.join(' ')})`),
    fc.tuple(fc.constantFrom(...builtIns.keys()), fc.array(tie('any'), { maxLength: 4 })).map(([name, args]) => `${name}(${args})`),
    fc.tuple(tie('any'), tie('any'), tie('any')).map(([a, b, c]) => `if ${a} then ${b} else ${c}`),
    fc.tuple(fc.constantFrom('for', 'some', 'every'), tie('list'), tie('any')).map(([kind, list, body]) =>
      kind === 'for' ? `for x in ${list} return ${body}` : `(${kind} x in ${list} satisfies ${body})`,
    ),
    fc.tuple(tie('any'), tie('any')).map(([list, condition]) => `(${list})[${condition}]`),
    fc.tuple(tie('any'), tie('any')).map(([first, second]) => `{a: ${first}, b: ${second}, a b: a}.b`),
    fc.tuple(tie('any'), tie('any')).map(([body, argument]) => `(function(y) ${body})(${argument})`),
    fc.tuple(tie('any'), fc.constantFrom(...types)).map(([value, type]) => `((${value}) instance of ${type})`),
    tie('any').map((value) => `-(${value})`),
  ),
  list: fc.oneof(fc.array(tie('any'), { maxLength: 3 }).map((items) => `[${items}]`), fc.constantFrom('1..3', '[1..9]', 'x')),
})).any

describe('whatever is written', () => {
  test('an expression of any nonsense is a value that can be written, or one of the two errors, in both dialects', () => {
    fc.assert(
      fc.property(sensible, fc.constantFrom('camunda', 'dmn'), value, (source, dialect, x) => {
        const scope = scopeOf({ x, y: [1, 'b'] }, () => 0)

        const outcome = outcomeOf(() => JSON.parse(toJson(compileExpression(source, { dialect }).evaluate(scope))))
        const tested = outcomeOf(() => compileUnaryTests(source, { dialect }).evaluate(fromPlain(x), scope))

        expect([outcome, tested].every((each) => each >= 0 && each <= source.length)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('an expression is a value or one of the two errors, with a place in the text', () => {
    fc.assert(
      fc.property(nonsense, fc.constantFrom('camunda', 'dmn'), value, (source, dialect, x) => {
        const outcome = outcomeOf(() => compileExpression(source, { dialect }).evaluate(scopeOf({ x, y: 2 }, () => 0)))
        const tested = outcomeOf(() => compileUnaryTests(source, { dialect }).evaluate(fromPlain(x), scopeOf({ y: 2 }, () => 0)))

        expect([outcome, tested].every((each) => each >= 0 && each <= Math.max(source.length, 0))).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('whatever is read', () => {
  test('JSON comes out as it went in', () => {
    fc.assert(
      fc.property(value, (plain) => {
        const text = JSON.stringify(plain)

        expect(JSON.parse(toJson(parseJson(text)))).toEqual(JSON.parse(text))
        expect(toPlain(fromPlain(plain))).toEqual(JSON.parse(text))
      }),
    )
  })

  test('sums of money come out as whole numbers are added', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), { minLength: 1 }), (minor) => {
        const sum = compileExpression(`sum([${minor.map(inMajorUnits).join(',')}]) * 100`)

        expect(toJson(sum.evaluate(scopeOf({})))).toBe(String(minor.reduce((total, each) => total + each, 0n)))
      }),
    )
  })

  test('a day plus so many days, less so many days, is the day', () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_000_000 }), fc.integer({ min: 0, max: 100_000 }), (from, days) => {
        const day = new Date(from * 86_400_000)
        fc.pre(day.getUTCFullYear() > 0 && day.getUTCFullYear() < 9000)
        const date = day.toISOString().slice(0, 10)
        const later = new Date((from + days) * 86_400_000).toISOString().slice(0, 10)

        expect(toPlain(compileExpression(`date("${date}") + duration("P${days}D")`).evaluate(scopeOf({})))).toBe(later)
        expect(toPlain(compileExpression(`date("${later}") - duration("P${days}D")`).evaluate(scopeOf({})))).toBe(date)
      }),
    )
  })
})

function inMajorUnits(minor: bigint): string {
  const digits = String(minor).replace('-', '').padStart(3, '0')
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** The place of the fault, 0 for a value; anything else thrown fails the test. */
function outcomeOf(work: () => unknown): number {
  try {
    work()
    return 0
  } catch (error) {
    if (error instanceof FeelSyntaxError) return error.position
    if (error instanceof FeelEvaluationError) return 0
    throw error
  }
}
