import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainOf, plainTest } from '../../../server/rules/dmn/table/plainTests.ts'
import { compileUnaryTests, fromPlain, scopeOf } from '../../../server/rules/feel/index.ts'

const number = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -40, max: 40 }).map((tenths) => tenths / 10))
const text = fc.constantFrom('', 'a', 'b', 'žuti', '5')
const alternative = fc.oneof(
  text.map((each) => `"${each}"`),
  number.map(String),
  fc.tuple(fc.constantFrom('<', '<=', '>', '>='), fc.constantFrom('', ' '), number).map((parts) => parts.join('')),
  fc.tuple(fc.constantFrom('[', '(', ']'), number, fc.constantFrom('..', ' .. '), number, fc.constantFrom(']', ')', '[')).map((parts) => parts.join('')),
)
const cell = fc.array(alternative, { minLength: 1, maxLength: 3 }).map((each) => each.join(', '))

test('what is answered without an expression is answered as the expression answers it, in both dialects', () => {
  fc.assert(fc.property(cell, fc.oneof(number, text), (source, value) => {
    const input = fromPlain(value)
    const answer = plainTest(source)!(plainOf(input)!)

    for (const dialect of ['camunda', 'dmn'] as const) {
      expect([source, value, dialect, compileUnaryTests(source, { dialect }).evaluate(input, scopeOf({}))]).toEqual([source, value, dialect, answer])
    }
  }), { numRuns: 2000 })
})

test('anything else is left to the expression', () => {
  const others = ['-', 'x', '"a" + "b"', '1 + 1', '< x', 'not(1)', '"a\\"b"', '1e3', '123456789', '[1..x]', '? > 1', '1, x', '']

  expect(others.filter((each) => plainTest(each))).toEqual([])
  expect([fromPlain(true), null, fromPlain([1]), fromPlain(9007199254740993n)].map(plainOf)).toEqual([undefined, undefined, undefined, undefined])
})
