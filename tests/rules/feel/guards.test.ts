import { describe, expect, test } from 'vitest'
import { compileExpression, FeelEvaluationError, FeelSyntaxError, scopeOf, toJson } from '../../../server/rules/feel/index.ts'
import type { DialectName } from '../../../server/rules/feel/index.ts'

const evaluate = (source: string, dialect: DialectName): string =>
  toJson(compileExpression(source, { dialect }).evaluate(scopeOf({ list: [1, 2] })))

/** A list of a list of a list, each the same thousand times: little to make, a thousand million to go through. */
const manifold = (result: string): string =>
  `{a: for i in 1..1000 return i, b: for i in 1..1000 return a, c: for i in 1..1000 return b, r: ${result}}.r`

const tooMuch = [
  'for i in 1..1000000000 return i',
  'for a in 1..5000, b in 1..5000 return a',
  'every a in 1..5000 satisfies (every b in 1..5000 satisfies b > 0)',
  'for i in date("0001-01-01")..date("9999-12-31") return i',
  'for i in 1..100000 return partial',
  'for i in 1..2000 return if i = 1 then [] else [partial[-1]]',
  '{g: function(f, n) f(f, n + 1), r: g(g, 1)}.r',
  '{d: function(d, s) d(d, s + s), r: d(d, "aaaaaaaa")}.r',
  manifold('c'),
  manifold('c = c'),
  manifold('flatten(c)'),
  manifold('string(c)'),
  manifold('to json(c)'),
  manifold('c.x'),
  `string join(for i in 1..3000 return "${'x'.repeat(5000)}")`,
  `replace("${'a'.repeat(5000)}", "a", "${'b'.repeat(5000)}")`,
  `for i in 1..1000 return upper case("${'x'.repeat(90_000)}" + string(i))`,
  'for i in 1..1000 return reverse(for j in 1..1000 return j)',
  'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+$")',
  'split("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a|aa)+$")',
]

describe('an expression that needs too much is stopped by the count of its steps', () => {
  test.each(tooMuch.map((source) => [source.slice(0, 100), source]))('%s', (_, source) => {
    for (const dialect of ['camunda', 'dmn'] as const) {
      expect(() => evaluate(source, dialect)).toThrow(expect.objectContaining({ name: 'FeelEvaluationError', reason: 'too-much-work' }))
    }
  })
})

const unbounded = [
  ['decimal(1, 10**9)', 'null'],
  ['10**10**10', '1' + '0'.repeat(100)],
  ['9**999999999', 'null'],
  ['date(10**300, 1, 1)', 'null'],
  ['list[10**300]', 'null'],
  ['number("1e999999999")', 'null'],
  ['time("10:00:00") + duration("P999999999999D")', '"10:00:00"'],
]

describe('numbers and dates without measure end in null', () => {
  test.each(unbounded)('%s', (source, expected) => {
    expect(evaluate(source, 'dmn')).toBe(expected)
  })

  test.each([
    'date("2024-01-01") + duration("P999999999Y")',
    'date("2024-01-01") + duration("P999999999999D")',
    'date and time("2024-01-01T00:00:00@Europe/Belgrade") + duration("P999999999999D")',
    'duration("P999999999Y") * 999999999 * 999999999',
    'duration("P999999999999D") * 999999999999999 * 999999999999999',
  ])('%s', (source) => {
    for (const dialect of ['camunda', 'dmn'] as const) expect(evaluate(source, dialect)).toBe('null')
  })
})

const written: readonly (readonly [string, string])[] = [
  ['parentheses', '('.repeat(10_000) + '1' + ')'.repeat(10_000)],
  ['lists', '['.repeat(10_000) + ']'.repeat(10_000)],
  ['conditions', 'if true then '.repeat(3000) + '1' + ' else 2'.repeat(3000)],
  ['signs', '-'.repeat(20_000) + '1'],
  ['sums', '1' + '+1'.repeat(20_000)],
  ['functions', 'function(a) '.repeat(3000) + '1'],
  ['types', `x instance of ${'list<'.repeat(3000)}Any${'>'.repeat(3000)}`],
  ['calls', 'not('.repeat(3000) + 'true' + ')'.repeat(3000)],
  ['a text beyond measure', `"${'a'.repeat(100_001)}"`],
]

describe('what is written too deep or too long is no FEEL', () => {
  test.each(written)('%s', (_, source) => {
    for (const dialect of ['camunda', 'dmn'] as const) expect(() => compileExpression(source, { dialect })).toThrow(FeelSyntaxError)
  })

  test('a context of many entries and a name of many words are read in their time', () => {
    const context = `{${Array.from({ length: 10_000 }, (_, index) => `a${index}: 1`).join(',')}}`

    expect(compileExpression(context).names).toEqual([])
    expect(compileExpression('a '.repeat(20_000), { dialect: 'dmn' }).names).toHaveLength(1)
  })
})

test('what one evaluation used up is not missing to the next', () => {
  const loop = compileExpression('count(for i in 1..200000 return i)')

  expect(Array.from({ length: 3 }, () => toJson(loop.evaluate(scopeOf({}))))).toEqual(['200000', '200000', '200000'])
  expect(() => compileExpression('for i in 1..1000000000 return i').evaluate(scopeOf({}))).toThrow(FeelEvaluationError)
})
