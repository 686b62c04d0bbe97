import { arithmetic, negate } from '../arithmetic.ts'
import type { ArithmeticOperator } from '../arithmetic.ts'
import { both, compare, either, truth } from '../compare.ts'
import type { Operator } from '../compare.ts'
import { decimal } from '../decimals.ts'
import { member } from '../members.ts'
import { readTemporal } from '../temporal/read.ts'
import { FeelFunction } from '../values.ts'
import type { FeelContext, FeelValue } from '../values.ts'
import { child } from './context.ts'
import type { Compilation } from './context.ts'
import { call } from './calls.ts'
import { filter, forLoop, quantified } from './loops.ts'
import { inside, valueOf } from './scope.ts'
import type { Code } from './scope.ts'
import { interval, tests, testOf } from './tests.ts'
import { instanceOf } from './types.ts'
import type { Part } from './tree.ts'
import { nameOf } from './tree.ts'

/** Makes code of one part of an expression. */
export function compile(part: Part, compilation: Compilation): Code {
  const compiler = compilers[part.kind]
  if (!compiler) return compilation.fail(part, `Did not expect ${JSON.stringify(part.text.slice(0, 40))} here`)
  return compiler(part, compilation)
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
  NumericLiteral(part, compilation) {
    const text = part.text.replace(/\s/g, '')
    if (!/^-?(\d+(\.\d+)?|\.\d+)$/.test(text)) compilation.fail(part, `A number is written with digits and a point, but not like "${text}"`)
    return constant(decimal(text))
  },
  StringLiteral: (part) => constant(unescape(part.text)),
  DateTimeLiteral(part, compilation) {
    const first = child(compilation, part, 0)
    if (first.kind !== 'AtLiteral') return call(part, compilation)
    const text = unescape(child(compilation, first, 0).text)
    return ({ run }) => readTemporal(text, run.nowMs)
  },

  VariableName: variable,
  '?': variable,
  PathExpression(part, compilation) {
    const of = compile(child(compilation, part, 0), compilation)
    const name = compilation.plainName(child(compilation, part, 1))
    return (place) => member(of(place), name)
  },

  List(part, compilation) {
    const items = part.children.map((each) => compile(each, compilation))
    return (place) => items.map((item) => item(place))
  },
  Context: context,
  SimplePositiveUnaryTest(part, compilation) {
    const first = child(compilation, part, 0)
    if (first.kind !== 'Interval') return compilation.fail(part, 'A comparison needs a value before its sign')
    const range = interval(first, compilation)
    return (place) => range(place)
  },

  ArithmeticExpression(part, compilation) {
    const operator = part.children.find((each) => each.kind === 'ArithOp')?.text as ArithmeticOperator
    const [left, right] = part.children.filter((each) => each.kind !== 'ArithOp').map((each) => compile(each, compilation))
    if (!left) return compilation.fail(part, 'Something is missing here')
    if (!right) return (place) => negate(left(place))
    const operate = arithmetic[operator]
    return (place) => operate(left(place), right(place))
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
  return (place) => valueOf(place, name)
}

// An entry sees those before it. Names are compiled as bound although a later entry is not visible yet, as the standard orders them.
function context(part: Part, compilation: Compilation): Code {
  const keys: string[] = []
  const entries = part.children.map((entry): { key: string; code: Code } => {
    const keyPart = child(compilation, entry, 0)
    const literal = keyPart.children[0]?.kind === 'StringLiteral'
    const key = literal ? unescape(keyPart.text) : compilation.plainName(keyPart)
    const code = compilation.binding(keys, () => compile(child(compilation, entry, 1), compilation))
    keys.push(key)
    return { key, code }
  })
  return (place) => {
    const values: FeelContext = new Map()
    const within = inside(place, values)
    for (const { key, code } of entries) values.set(key, code(within))
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
    return (place) => compare(operator, value(place), other(place))
  }
  if (part.marks.includes('between')) {
    const [low, high] = operands.slice(1).map((each) => compile(each, compilation)) as [Code, Code]
    return (place) => within(value(place), low(place), high(place))
  }
  const second = child(compilation, { ...part, children: operands }, 1)
  const test = second.kind === 'PositiveUnaryTests' ? tests(second, compilation) : testOf(second, compilation)
  return (place) => test(place, value(place))
}

function within(value: FeelValue, low: FeelValue, high: FeelValue): boolean | null {
  return both(compare('>=', value, low), compare('<=', value, high))
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

function definition(part: Part, compilation: Compilation): Code {
  if (part.marks.includes('external')) compilation.fail(part, 'External functions are not supported')
  const formal = part.children.find((each) => each.kind === 'FormalParameters')?.children ?? []
  const parameters = formal.map((each) => nameOf(child(compilation, each, 0)))
  const bodyPart = part.children.at(-1) ?? compilation.fail(part, 'A function needs a body')
  const body = compilation.binding(parameters, () => compile(bodyPart, compilation))
  return (place) =>
    new FeelFunction(parameters, (args, run) =>
      run.deeper(() => {
        run.step()
        return body(inside({ ...place, run }, new Map(parameters.map((name, index) => [name, args[index] ?? null]))))
      }),
    )
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '"': '"', "'": "'", '\\': '\\' }

/** The text a literal means. Other escapes stay as written: they are those of regular expressions. */
export function unescape(literal: string): string {
  return literal.slice(1, -1).replace(/\\([nrtbf"'\\])/g, (_, sign: string) => escapes[sign] ?? '')
}

