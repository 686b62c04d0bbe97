import { arithmeticOf } from '../arithmetic.ts'
import type { ArithmeticOperator } from '../arithmetic.ts'
import { both, compare, either, truth } from '../compare.ts'
import type { Operator } from '../compare.ts'
import { FeelEvaluationError } from '../errors.ts'
import { member } from '../members.ts'
import { readTemporal } from '../temporal/read.ts'
import type { FeelContext, FeelValue, Run } from '../values.ts'
import { child } from './context.ts'
import type { Compilation } from './context.ts'
import { builtInValue, call } from './calls.ts'
import { definition } from './definition.ts'
import { filter } from './filter.ts'
import { numberLiteral, unescape } from './literals.ts'
import { forLoop, quantified } from './loops.ts'
import { inside, valueOf } from './scope.ts'
import type { Code } from './scope.ts'
import { interval, openRange, tests, testOf } from './tests.ts'
import { instanceOf } from './types.ts'
import type { Part } from './tree.ts'

/** Makes code of one part of an expression. */
export function compile(part: Part, compilation: Compilation): Code {
  const compiler = compilers[part.kind]
  if (!compiler) return compilation.fail(part, `Did not expect ${JSON.stringify(part.text.slice(0, 40))} here`)
  const code = compiler(part, compilation)
  return compilation.dialect.failuresAreNull && mayFail.has(part.kind) ? forgiving(code) : code
}

const mayFail = new Set(['ForExpression', 'QuantifiedExpression', 'FilterExpression', 'FunctionInvocation', 'DateTimeLiteral'])

function forgiving(code: Code): Code {
  return (place) => {
    try {
      return code(place)
    } catch (error) {
      if (error instanceof FeelEvaluationError && error.reason !== 'too-much-work') return null
      throw error
    }
  }
}

type Compiler = (part: Part, compilation: Compilation) => Code

const compilers: Readonly<Record<string, Compiler>> = {
  Expression: only,
  ParenthesizedExpression: only,
  FunctionBody: only,
  IterationContext: only,
  PositiveUnaryTest: only,

  null: () => () => null,
  BooleanLiteral: (part) => constant(part.text === 'true'),
  NumericLiteral: (part, compilation) => constant(numberLiteral(part, compilation)),
  StringLiteral: (part, compilation) => constant(unescape(part.text, compilation.dialect)),
  DateTimeLiteral(part, compilation) {
    const first = child(compilation, part, 0)
    if (first.kind !== 'AtLiteral') return call(part, compilation)
    const text = unescape(child(compilation, first, 0).text, compilation.dialect)
    return ({ run }) => readTemporal(text, run)
  },

  VariableName: variable,
  '?': variable,
  PathExpression(part, compilation) {
    const of = compile(child(compilation, part, 0), compilation)
    const name = compilation.plainName(child(compilation, part, 1))
    return (place) => member(of(place), name, place.run)
  },

  List(part, compilation) {
    const items = part.children.map((each) => compile(each, compilation))
    return (place) => items.map((item) => item(place))
  },
  Context: context,
  SimplePositiveUnaryTest(part, compilation) {
    const first = child(compilation, part, 0)
    return first.kind === 'Interval' ? interval(first, compilation) : openRange(part, compilation)
  },

  ArithmeticExpression(part, compilation) {
    const operator = part.children.find((each) => each.kind === 'ArithOp')?.text as ArithmeticOperator
    const [left, right] = part.children.filter((each) => each.kind !== 'ArithOp').map((each) => compile(each, compilation))
    if (!left) return compilation.fail(part, 'Something is missing here')
    const { negate, operators } = arithmeticOf(compilation.dialect)
    if (!right) return (place) => negate(left(place))
    const operate = operators[operator]
    return (place) => operate(left(place), right(place), place.run)
  },
  Comparison: comparison,
  Conjunction: logical((answer) => answer === false, both),
  Disjunction: logical((answer) => answer === true, either),
  IfExpression(part, compilation) {
    const condition = compile(child(compilation, part, 0), compilation)
    const then = compile(child(compilation, part, 1), compilation)
    const otherwise = compile(child(compilation, part, 2), compilation)
    return (place) => (condition(place) === true ? then(place) : otherwise(place))
  },
  InstanceOfExpression: instanceOf,

  ForExpression: forLoop,
  QuantifiedExpression: quantified,
  FilterExpression: filter,

  FunctionInvocation: call,
  FunctionDefinition: definition,
}

function only(part: Part, compilation: Compilation): Code {
  return compile(child(compilation, part, 0), compilation)
}

function constant(value: FeelValue): Code {
  return () => value
}

function variable(part: Part, compilation: Compilation): Code {
  const name = part.kind === '?' ? '?' : compilation.plainName(part)
  compilation.read(name)
  const builtIn = compilation.dialect.builtInValues ? builtInValue(name) : undefined
  return builtIn ? (place) => valueOf(place, name) ?? builtIn : (place) => valueOf(place, name)
}

// An entry sees those before it. Names are compiled as bound although a later entry is not visible yet, as the standard orders them.
function context(part: Part, compilation: Compilation): Code {
  const entries = compilation.bindingEach(part.children, (entry) => {
    const keyPart = child(compilation, entry, 0)
    const literal = keyPart.children[0]?.kind === 'StringLiteral'
    const name = literal ? unescape(keyPart.text, compilation.dialect) : compilation.plainName(keyPart)
    return { name, code: compile(child(compilation, entry, 1), compilation) }
  })
  if (compilation.dialect.uniqueKeys && new Set(entries.map(({ name }) => name)).size < entries.length) return () => null
  return (place) => {
    const values: FeelContext = new Map()
    const within = inside(place, values)
    for (const { name, code } of entries) values.set(name, code(within))
    return values
  }
}

function comparison(part: Part, compilation: Compilation): Code {
  const operator = part.children.find((each) => each.kind === 'CompareOp')?.text as Operator | undefined
  const operands = part.children.filter((each) => each.kind !== 'CompareOp')
  const first = operands[0] ?? compilation.fail(part, 'A comparison needs a value before its sign')
  if (operator && first.kind === 'Comparison') {
    return compilation.fail(part, 'Two comparisons in a row need parentheses, or "and" between them')
  }
  const value = compile(first, compilation)
  if (operator) {
    const other = compile(child(compilation, { ...part, children: operands }, 1), compilation)
    return (place) => compare(operator, value(place), other(place), place.run)
  }
  if (part.marks.includes('between')) {
    const [low, high] = operands.slice(1).map((each) => compile(each, compilation)) as [Code, Code]
    return (place) => within(value(place), low(place), high(place), place.run)
  }
  const second = child(compilation, { ...part, children: operands }, 1)
  const test = second.kind === 'PositiveUnaryTests' ? tests(second, compilation) : testOf(second, compilation)
  return (place) => test(place, value(place))
}

function within(value: FeelValue, low: FeelValue, high: FeelValue, run: Run): boolean | null {
  return both(compare('>=', value, low, run), compare('<=', value, high, run))
}

type Answer = boolean | null

function logical(decides: (answer: Answer) => boolean, combine: (left: Answer, right: Answer) => Answer): Compiler {
  return (part, compilation) => {
    const [left, right] = part.children.map((each) => compile(each, compilation)) as [Code, Code]
    return (place) => {
      const first = truth(left(place))
      return decides(first) ? first : combine(first, truth(right(place)))
    }
  }
}
