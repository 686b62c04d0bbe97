import { FeelEvaluationError, FeelSyntaxError } from './errors.ts'
import { compile } from './compile/compile.ts'
import { Compilation, child } from './compile/context.ts'
import type { CompileOptions } from './compile/context.ts'
import { bounded, newRun } from './compile/run.ts'
import { inside } from './compile/scope.ts'
import type { FeelScope, Place, Test } from './compile/scope.ts'
import { INPUT_NAMES, tests } from './compile/tests.ts'
import { readTree } from './compile/tree.ts'
import type { Dialect } from './dialects.ts'
import type { FeelContext, FeelValue, Run } from './values.ts'
import { weighed } from './weight.ts'
import { FeelFunction } from './values.ts'
import { fromPlain } from './json.ts'

export { FeelEvaluationError, FeelSyntaxError }
export { fromPlain, parseJson, toJson, toPlain } from './json.ts'
export { keysIn } from './keys.ts'
export { textOf } from './text.ts'
export { javaMethodOf } from './functions/java.ts'
export { FeelDecimal } from './decimals.ts'
export { FeelDate, FeelDateTime, FeelTime } from './temporal/dateTime.ts'
export { DaysTimeDuration, YearsMonthsDuration } from './temporal/durations.ts'
export { readDate, readDateTime, readTemporal, readTime } from './temporal/read.ts'
export { readDuration } from './temporal/durations.ts'
export * from './values.ts'
export type { CompileOptions } from './compile/context.ts'
export type { FeelScope } from './compile/scope.ts'
export { Budget } from './compile/run.ts'
export { dialects } from './dialects.ts'
export type { Dialect, DialectName } from './dialects.ts'
export { ANY, converted, isOf, simpleType } from './types.ts'
export type { FeelType } from './types.ts'

/** An expression, compiled: evaluating it parses nothing. */
export interface CompiledExpression {
  readonly source: string
  /** The variables it reads from outside, in order of appearance. */
  readonly names: readonly string[]
  /** Its value. A missing variable is null. Throws FeelEvaluationError where Zeebe would raise an incident. */
  evaluate(scope: FeelScope): FeelValue
}

/** The tests of a decision table's cell, compiled. */
export interface CompiledUnaryTests {
  readonly source: string
  readonly names: readonly string[]
  /** Whether `input`, visible as `?` and `cellInput`, passes. Throws FeelEvaluationError like an expression. */
  evaluate(input: FeelValue, scope: FeelScope): boolean | null
}

/**
 * Compiles an expression, given without its leading "=", for the dialect of Zeebe 8.5 (FEEL-Scala 1.17) or the standard's.
 * Throws FeelSyntaxError when it is not FEEL or calls a function that is not known.
 */
export function compileExpression(source: string, options: CompileOptions = {}): CompiledExpression {
  const compilation = new Compilation(source, options)
  const code = shallow(source, () => compile(readTree(source, 'Expression', compilation.names), compilation))
  return {
    source,
    names: [...compilation.free],
    evaluate(scope) {
      const place = placeOf(scope, compilation.dialect)
      return bounded(() => weighed(code(place), place.run))
    },
  }
}

/** Compiles the tests of a cell: "-" is any value, "not(…)" the opposite. Throws FeelSyntaxError like {@link compileExpression}. */
export function compileUnaryTests(source: string, options: CompileOptions = {}): CompiledUnaryTests {
  const compilation = new Compilation(source, options)
  const test = shallow(source, () => compilation.binding(INPUT_NAMES, () => testsOfCell(compilation)))
  return {
    source,
    names: [...compilation.free],
    evaluate(input, scope) {
      const values: FeelContext = new Map(INPUT_NAMES.map((name) => [name, input]))
      return bounded(() => test(inside(placeOf(scope, compilation.dialect), values), input) === true)
    },
  }
}

function testsOfCell(compilation: Compilation): Test {
  const tree = readTree(compilation.source, 'UnaryTests', compilation.names)
  const first = child(compilation, tree, 0)
  if (first.kind === 'Wildcard') return () => true
  const any = tests(first, compilation)
  return tree.marks.includes('not') ? (place, input) => opposite(any(place, input)) : any
}

// What runs out of stack while it is read is nested too deep, whatever the depth was.
function shallow<T>(source: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new FeelSyntaxError('The expression is nested too deep to be read', 0, source)
  }
}

/** A scope from plain JavaScript values. */
export function scopeOf(values: Record<string, unknown>, now?: () => number): FeelScope {
  const known = new Map<string, FeelValue>()
  return {
    get(name) {
      const value = known.get(name)
      if (value !== undefined || !Object.hasOwn(values, name)) return value
      const made = fromPlain(values[name])
      known.set(name, made)
      return made
    },
    now,
  }
}

/** A function for expressions, made in JavaScript. */
export function feelFunction(parameters: readonly string[], body: (args: readonly FeelValue[], run: Run) => FeelValue): FeelFunction {
  return new FeelFunction(parameters, body)
}

function placeOf(scope: FeelScope, dialect: Dialect): Place {
  return { scope, frame: undefined, run: newRun(scope.now ?? Date.now, dialect, scope.budget) }
}

function opposite(answer: boolean | null): boolean | null {
  return answer === null ? null : !answer
}
