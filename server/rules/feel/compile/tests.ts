import { compare, either, equal, same, truth, within } from '../compare.ts'
import type { Operator } from '../compare.ts'
import { FeelRange, isBoolean, isList, isRange } from '../values.ts'
import type { FeelValue, RangeOperator, Run } from '../values.ts'
import { compile } from './compile.ts'
import { child } from './context.ts'
import type { Compilation } from './context.ts'
import { inside } from './scope.ts'
import type { Code, Place, Test } from './scope.ts'
import type { Part } from './tree.ts'

/** The names under which a tested value is visible. */
export const INPUT_NAMES = ['?', 'cellInput'] as const

/** Any of several tests. */
export function tests(part: Part, compilation: Compilation): Test {
  const each = part.children.map((one) => testOf(one, compilation))
  if (each.length === 1 && each[0]) return each[0]
  return (place, input) => {
    let answer: boolean | null = false
    for (const test of each) {
      answer = either(answer, test(place, input))
      if (answer === true) return true
    }
    return answer
  }
}

/** One test: a comparison, an interval, or an expression that is equal to the value, contains it, or is true. */
export function testOf(part: Part, compilation: Compilation): Test {
  const body = part.kind === 'PositiveUnaryTest' ? child(compilation, part, 0) : part
  if (body.kind === 'SimplePositiveUnaryTest') return simple(body, compilation)
  const inner = body.children[0]
  if (body.kind === 'ParenthesizedExpression' && inner?.kind === 'SimplePositiveUnaryTest') return testOf(inner, compilation)
  if (body.kind === 'BooleanLiteral') return (place, input) => same(input, body.text === 'true', place.run)
  let code: Code = () => null
  const asks = compilation.reads('?', () => {
    code = compilation.binding(INPUT_NAMES, () => compile(body, compilation))
  })
  if (!compilation.dialect.askedTests) return (place, input) => fulfilled(code(withInput(place, input)), input, place.run)
  if (asks) return (place, input) => truth(code(withInput(place, input)))
  return (place, input) => {
    const value = code(withInput(place, input))
    return isBoolean(value) ? equal(value, input, place.run) : fulfilled(value, input, place.run)
  }
}

/** The range between two ends. */
export function interval(part: Part, compilation: Compilation): (place: Place) => FeelRange {
  const low = compile(child(compilation, part, 0), compilation)
  const high = compile(child(compilation, part, 1), compilation)
  const lowIncluded = part.marks[0] === '['
  const highIncluded = part.marks.at(-1) === ']'
  return (place) => new FeelRange(low(place), lowIncluded, high(place), highIncluded)
}

/** The range that a comparison alone means as a value: `(< 5)` is all below 5. */
export function openRange(part: Part, compilation: Compilation): (place: Place) => FeelRange {
  const operator = child(compilation, part, 0).text as RangeOperator
  if (!compilation.dialect.openRanges) return compilation.fail(part, 'A comparison needs a value before its sign')
  const { low, lowIncluded = false, high, highIncluded = false } = comparisons[operator]
  const endCode = compile(child(compilation, part, 1), compilation)
  return (place) => {
    const end = endCode(place)
    return new FeelRange(low ? end : null, lowIncluded, high ? end : null, highIncluded, { operator, end })
  }
}

interface Ends {
  readonly low?: true
  readonly lowIncluded?: true
  readonly high?: true
  readonly highIncluded?: true
}

const comparisons: Readonly<Record<RangeOperator, Ends>> = {
  '=': { low: true, lowIncluded: true, high: true, highIncluded: true },
  '!=': {},
  '<': { high: true },
  '<=': { high: true, highIncluded: true },
  '>': { low: true },
  '>=': { low: true, lowIncluded: true },
}

function simple(part: Part, compilation: Compilation): Test {
  const first = child(compilation, part, 0)
  if (first.kind === 'Interval') {
    const range = interval(first, compilation)
    return (place, input) => within(input, range(place), place.run)
  }
  const operator = first.text as Operator
  if ((operator === '=' || operator === '!=') && !compilation.dialect.equalityTests) {
    compilation.fail(part, `A test for equality is written without "${operator}"`)
  }
  const end = compile(child(compilation, part, 1), compilation)
  return (place, input) => compare(operator, input, end(place), place.run)
}

function fulfilled(value: FeelValue, input: FeelValue, run: Run): boolean | null {
  // A condition that holds, or does not, is the answer; what is compared with a boolean is one.
  if (value === true) return true
  if (value === false) return input === false
  if (isRange(value)) return within(input, value, run)
  if (isList(value)) return value.some((item) => holds(item, input, run)) || same(value, input, run)
  return equal(value, input, run)
}

function holds(item: FeelValue, input: FeelValue, run: Run): boolean {
  return (run.dialect.listOfTests && isRange(item) && within(input, item, run)) || same(item, input, run)
}

function withInput(place: Place, input: FeelValue): Place {
  return inside(place, new Map(INPUT_NAMES.map((name) => [name, input])))
}
