import { Decimal } from 'decimal.js'
import { describe, expect, test } from 'vitest'
import {
  compileExpression,
  compileUnaryTests,
  feelFunction,
  FeelEvaluationError,
  FeelSyntaxError,
  fromPlain,
  isContext,
  isNumber,
  parseJson,
  scopeOf,
  textOf,
  toJson,
  toPlain,
} from '../../../server/rules/feel/index.ts'

type Values = Record<string, unknown>

const evaluate = (source: string, values: Values = {}): unknown => toPlain(compileExpression(source).evaluate(scopeOf(values)))
const answer = (source: string, values: Values = {}): string => toJson(compileExpression(source).evaluate(scopeOf(values)))

describe('money is counted exactly', () => {
  test.each([
    ['0.1 + 0.2', '0.3'],
    ['sum([0.1, 0.2])', '0.3'],
    ['19.99 * 3', '59.97'],
    ['9007199254740993 + 1', '9007199254740994'],
    ['decimal(2.345, 2)', '2.34'],
    ['520 * 1.2', '624'],
    ['1 / 3', '0.3333333333333333333333333333333333'],
  ])('%s is %s', (source, expected) => {
    expect(answer(source)).toBe(expected)
  })

  test('a fee by medium and number of copies', () => {
    const fee = 'if medium = "electronic" then 0 else fees.paper * copies'

    expect(answer(fee, { medium: 'paper', copies: 3, fees: { paper: 52000 } })).toBe('156000')
    expect(answer(fee, { medium: 'electronic', copies: 3, fees: { paper: 52000 } })).toBe('0')
  })
})

describe('a missing variable is null', () => {
  test.each([
    ['nope', null],
    ['nope = true', false],
    ['nope > 5', null],
    ['not(nope)', null],
    ['nope and true', null],
    ['if nope > 5 then "a" else "b"', 'b'],
    ['nope.name.first', null],
    ['get or else(nope, 7)', 7],
    ['is defined(nope)', false],
  ])('%s', (source, expected) => {
    expect(evaluate(source)).toEqual(expected)
  })

  test('a text that is no condition takes the other branch', () => {
    expect(evaluate('if 1 then 2 else 3')).toBe(3)
  })
})

describe('days are counted by the calendar', () => {
  test.each([
    ['date("2024-01-31") + duration("P1M")', '2024-02-29'],
    ['date("2023-01-31") + duration("P1M")', '2023-02-28'],
    ['date("2026-11-24") + duration("P30D")', '2026-12-24'],
    ['date("2024-02-30")', '2024-02-29'],
    ['date and time("2026-03-29T02:30:00@Europe/Belgrade")', '2026-03-29T03:30:00@Europe/Belgrade'],
    ['date and time("2026-03-28T12:00:00@Europe/Bucharest") + duration("P1D")', '2026-03-29T13:00:00@Europe/Bucharest'],
    ['date and time(date("2026-11-24"), time("15:30:00@Europe/Sofia"))', '2026-11-24T15:30:00@Europe/Sofia'],
    ['last day of month(date("2028-02-01"))', '2028-02-29'],
    ['date("2026-12-24") - date("2026-11-24")', 'P30D'],
  ])('%s is %s', (source, expected) => {
    expect(evaluate(source)).toBe(expected)
  })

  test('now and today are those of the scope, in UTC', () => {
    const scope = scopeOf({}, () => Date.parse('2026-11-24T23:30:00Z'))

    expect(toPlain(compileExpression('now()').evaluate(scope))).toBe('2026-11-24T23:30:00Z')
    expect(toPlain(compileExpression('today()').evaluate(scope))).toBe('2026-11-24')
  })
})

test('before the first year the calendar goes on as it is now', () => {
  expect(answer('date and time("-2021-01-01T10:10:10@Australia/Melbourne") + duration("P1M")')).toBe('"-2021-02-01T10:10:10@Australia/Melbourne"')
  expect(answer('date and time("0000-12-31T23:30:00@Europe/Belgrade") + duration("PT1H")')).toBe('"0001-01-01T00:30:00@Europe/Belgrade"')
})

describe('names', () => {
  test('an expression tells what it reads from outside', () => {
    expect(compileExpression('for i in items return i.price * rate + sum(items.price)').names).toEqual(['items', 'rate'])
    expect(compileExpression('{a: b, c: a}.c').names).toEqual(['b'])
    expect(compileExpression('function(x) x + y').names).toEqual(['y'])
  })

  test('a name with blanks or signs is written in back-ticks, anywhere', () => {
    expect(evaluate('`first name` + "!"', { 'first name': 'Ana' })).toBe('Ana!')
    expect(evaluate('{`a-b`: 1}.`a-b`')).toBe(1)
    expect(evaluate('for `my item` in [1, 2] return `my item` * 2')).toEqual([2, 4])
    expect(evaluate('"a `quoted` word"')).toBe('a `quoted` word')
  })

  test('a name and a function keep their meaning over several lines, comments between', () => {
    expect(answer('date and\n  time("2026-11-24T10:00:00") // when\n + duration("PT1H")')).toBe('"2026-11-24T11:00:00"')
    expect(answer('day  of\n\tweek(@"2026-11-24")')).toBe('"Tuesday"')
  })

  test('a variable named like a part of a function does not hide the function', () => {
    const given = { years: 1, date: '2026-11-24', 'fee-total': 5 }
    const standard = (source: string) => toJson(compileExpression(source, { dialect: 'dmn', names: Object.keys(given) }).evaluate(scopeOf(given)))

    expect(standard('years and months duration(@"2024-01-31", date(date)).years + years')).toBe('3')
    expect(standard('date and time(date).year')).toBe('2026')
  })

  test('names are those of the country: Cyrillic and letters with signs', () => {
    expect(evaluate('износ * 2 + вредност.șase', { износ: 2, вредност: { șase: 6 } })).toBe(10)
  })

  test('nothing of JavaScript can be reached', () => {
    expect(evaluate('a.constructor', { a: {} })).toBeNull()
    expect(evaluate('a.__proto__', { a: 'text' })).toBeNull()
    expect(evaluate('toString')).toBeNull()
    expect(evaluate('date("2024-01-01").constructor')).toBeNull()
  })
})

describe('faults are told to the person who wrote the expression', () => {
  test.each([
    ['', 'There is no expression', 0],
    ['1 +', 'The expression ends too early: something is missing at its end', 3],
    ['first name', 'A name with blanks needs back-ticks: write `first name`', 0],
    ['1 + foo(2)', 'There is no function "foo"', 4],
    ['1e3', 'A number is written with digits and a point, but not like "1e3"', 0],
    ['1 < x < 5', 'Two comparisons in a row need parentheses, or "and" between them', 0],
  ])('%s', (source, message, position) => {
    const compiling = (): unknown => compileExpression(source)

    expect(compiling).toThrow(FeelSyntaxError)
    expect(compiling).toThrow(expect.objectContaining({ message, position }))
  })

  test('a function of the scope may be called when it was announced', () => {
    const money = feelFunction(['minor'], ([minor]) => `${textOf(minor ?? null)} RSD`)
    const scope = { get: (name: string) => (name === 'money' ? money : undefined) }

    expect(compileExpression('money(520)', { functions: ['money'] }).evaluate(scope)).toBe('520 RSD')
    expect(() => compileExpression('money(520)')).toThrow(FeelSyntaxError)
  })

  test('what Zeebe makes an incident of is an error here', () => {
    expect(() => evaluate('nope[1]')).toThrow(FeelEvaluationError)
    expect(() => evaluate('assert(nope, nope != null, "The office must be known")')).toThrow('The office must be known')
  })
})

describe('no expression runs without end', () => {
  test.each([
    'for i in 1..1000000000 return i',
    'for a in 1..5000, b in 1..5000 return a',
    'for i in 1..100000 return partial',
    '{g: function(f, n) f(f, n + 1), r: g(g, 1)}.r',
    '{d: function(d, s) d(d, s + s), r: d(d, "aaaaaaaa")}.r',
    'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+$")',
  ])('%s', (source) => {
    expect(() => evaluate(source)).toThrow(FeelEvaluationError)
  })

  test('nor is nested or written without measure', () => {
    expect(() => compileExpression('('.repeat(5000) + '1' + ')'.repeat(5000))).toThrow(FeelSyntaxError)
    expect(() => compileExpression('1+'.repeat(60_000) + '1')).toThrow(FeelSyntaxError)
    expect(evaluate('9 ** 9999999')).toBeNull()
  })
})

describe('tests of a decision table', () => {
  test.each([
    ['> 5', 6, true],
    ['> 5', null, false],
    ['-', null, true],
    ['"a", "b"', 'b', true],
    ['not("a", "b")', 'c', true],
    ['[1..5)', 5, false],
    ['? > 3 and ? < 7', 5, true],
    ['limit', 5, false],
    ['< limit', 5, true],
    ['null', null, true],
    ['false', false, true],
    ['true', false, false],
    ['["a", "b"]', 'a', true],
  ])('%s for %j', (source, input, expected) => {
    expect(compileUnaryTests(source).evaluate(fromPlain(input), scopeOf({ limit: 10 }))).toBe(expected)
  })

  test('what equality is not written like is refused', () => {
    expect(() => compileUnaryTests('= 5')).toThrow(FeelSyntaxError)
  })
})

describe('JSON keeps what it was given', () => {
  test.each([
    '{"a":9007199254740993,"b":0.1,"c":[null,true,"ж\\n\\u0001"],"d":{"e":-1.5}}',
    '12345678901234567890123456789.123456789',
    '""',
    '[]',
    '{}',
  ])('%s', (text) => {
    expect(toJson(parseJson(text))).toBe(text)
  })

  test('numbers in other forms keep their value', () => {
    expect(toJson(parseJson(' [1e3, 1.50, -0, 2E-2] '))).toBe('[1000,1.5,0,0.02]')
  })

  test('temporal values become text', () => {
    expect(answer('{d: date("2026-11-24"), t: duration("P1DT2H")}')).toBe('{"d":"2026-11-24","t":"P1DT2H"}')
  })

  const broken = ['', '{', '{"a"}', '[1,]', '01', '1 2', '"a', 'nul', '{"a":1,}', '"\n"', '[1e99999]', "{'a':1}"]

  test.each(broken)('%j is refused with its position', (text) => {
    expect(() => parseJson(text)).toThrow(FeelSyntaxError)
  })

  test('a text nested without measure is refused', () => {
    expect(() => parseJson('['.repeat(100_000))).toThrow(FeelSyntaxError)
  })

  test('a key named like a part of JavaScript is an entry like any other', () => {
    const read = parseJson('{"__proto__":{"admin":true}}')

    expect(isContext(read) && read.size).toBe(1)
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })
})

describe('plain values', () => {
  test('a number leaves as a number only where it is exact', () => {
    expect(toPlain(parseJson('[0.1, 9007199254740991, 9007199254740993, 1.50]'))).toEqual([0.1, 9007199254740991, '9007199254740993', 1.5])
  })

  test('numbers of other makers of decimals are taken', () => {
    const value = fromPlain(new Decimal('0.1'))

    expect(isNumber(value)).toBe(true)
    expect(answer('a + 0.2', { a: new Decimal('0.1') })).toBe('0.3')
  })
})
