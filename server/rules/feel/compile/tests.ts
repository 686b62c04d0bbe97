import { compare, either, equal, same, within } from '../compare.ts'
import type { Operator } from '../compare.ts'
import { FeelRange, isList, isRange } from '../values.ts'
import type { FeelValue } from '../values.ts'
import { compile } from './compile.ts'
import { child } from './context.ts'
import type { Compilation } from './context.ts'
import { inside } from './scope.ts'
import type { Place, Test } from './scope.ts'
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
  if (body.kind === 'BooleanLiteral') return (_, input) => same(input, body.text === 'true')
  const code = compilation.binding(INPUT_NAMES, () => compile(body, compilation))
  return (place, input) => fulfilled(code(withInput(place, input)), input)
}

/** The range between two ends. */
export function interval(part: Part, compilation: Compilation): (place: Place) => FeelRange {
  const low = compile(child(compilation, part, 0), compilation)
  const high = compile(child(compilation, part, 1), compilation)
  const lowIncluded = part.marks[0] === '['
  const highIncluded = part.marks.at(-1) === ']'
  return (place) => new FeelRange(low(place), lowIncluded, high(place), highIncluded)
}

function simple(part: Part, compilation: Compilation): Test {
  const first = child(compilation, part, 0)
  if (first.kind === 'Interval') {
    const range = interval(first, compilation)
    return (place, input) => within(input, range(place))
  }
  const operator = first.text as Operator
  if (operator === '=' || operator === '!=') compilation.fail(part, `A test for equality is written without "${operator}"`)
  const end = compile(child(compilation, part, 1), compilation)
  return (place, input) => compare(operator, input, end(place))
}

function fulfilled(value: FeelValue, input: FeelValue): boolean | null {
  // A condition that holds, or does not, is the answer; what is compared with a boolean is one.
  if (value === true) return true
  if (value === false) return input === false
  if (isRange(value)) return within(input, value)
  if (isList(value)) return value.some((item) => same(item, input)) || same(value, input)
  return equal(value, input)
}

function withInput(place: Place, input: FeelValue): Place {
  return inside(place, new Map(INPUT_NAMES.map((name) => [name, input])))
}
