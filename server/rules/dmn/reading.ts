import { compileExpression, compileUnaryTests, FeelEvaluationError, FeelSyntaxError } from '../feel/index.ts'
import type { CompiledExpression, CompiledUnaryTests, CompileOptions, Dialect } from '../feel/index.ts'
import type { Moddle } from '../moddle.ts'
import { textOf } from '../moddle.ts'
import { DecisionFault } from './model.ts'
import type { Callable, Logic } from './model.ts'
import type { TypeNamed } from './types/itemDefinitions.ts'

/** What a piece of logic may use: the names around it, and the functions its decision requires. */
export interface Surroundings {
  readonly names: readonly string[]
  readonly functions: readonly Callable[]
}

/** The same surroundings with more names. */
export function withNames(around: Surroundings, names: readonly string[]): Surroundings {
  return { ...around, names: [...around.names, ...names] }
}

/** Compiles what stands in a model, and collects why it cannot be executed, so that its designer hears all of it at once. */
export class Reading {
  constructor(
    readonly dialect: Dialect,
    /** Keys of the contexts that the model's types describe. */
    readonly keys: readonly string[],
    readonly faults: string[],
  ) {}

  typeNamed: TypeNamed = () => undefined

  refuse(element: Moddle, message: string): void {
    this.faults.push(`Element: ${element.id ?? element.name ?? element.$type} > ${element.$type.replace('dmn:', '')}: ${message}`)
  }

  /** An expression in FEEL, given by its text. One that cannot be read is a fault and means null. */
  expression(element: Moddle, text: string | undefined, around: Surroundings): Logic {
    if (!this.#isFeel(element)) return () => null
    const source = text?.trim() ?? ''
    const expression = this.#compiled(element, source, () => this.#oneOrSeveral(source, this.#options(around)))
    if (!expression) return () => null
    return ({ scope }) => answered(this.dialect, () => expression.evaluate(scope), source)
  }

  /** The tests of a cell. Those that cannot be read are a fault. */
  tests(element: Moddle, text: string, around: Surroundings): CompiledUnaryTests | undefined {
    if (!this.#isFeel(element)) return undefined
    return this.#compiled(element, text, () => compileUnaryTests(text, this.#options(around)))
  }

  #oneOrSeveral(source: string, options: CompileOptions): CompiledExpression {
    try {
      return compileExpression(source, options)
    } catch (error) {
      if (!this.dialect.expressionLists || !source.includes(',')) throw error
      try {
        return compileExpression(`[${source}]`, options)
      } catch {
        throw error // the fault as it stands in the text that was written
      }
    }
  }

  #compiled<T>(element: Moddle, source: string, compile: () => T): T | undefined {
    try {
      return compile()
    } catch (error) {
      if (!(error instanceof FeelSyntaxError)) throw error
      this.refuse(element, `FEEL expression: failed to parse expression '${source}': ${error.message}`)
      return undefined
    }
  }

  #options({ names }: Surroundings): CompileOptions {
    return {
      dialect: this.dialect.name,
      functions: names,
      names: this.dialect.plainNames ? [...names, ...this.keys] : [],
      type: (name) => this.typeNamed(name)?.structure,
    }
  }

  #isFeel(element: Moddle): boolean {
    const language = textOf(element, 'expressionLanguage')
    if (language === undefined || /feel/i.test(language)) return true
    this.refuse(element, `Expression language '${language}' is not supported`)
    return false
  }
}

/** Evaluates the expression `source`; what has no value for these variables is null or a fault, as the dialect has it. */
export function answered<T>(dialect: Dialect, evaluate: () => T, source = ''): T | null {
  try {
    return evaluate()
  } catch (error) {
    // A syntax error here is a variable whose JSON is nested too deep to be read.
    if (!(error instanceof FeelEvaluationError || error instanceof FeelSyntaxError || error instanceof DecisionFault)) throw error
    // A bomb is told in either dialect.
    const isBomb = (error instanceof DecisionFault && error.needsTooMuch)
      || (error instanceof FeelEvaluationError && error.reason === 'too-much-work')
    if (dialect.failuresAreNull && !isBomb) return null
    throw error instanceof DecisionFault ? error : new DecisionFault(`failed to evaluate expression '${source}': ${error.message}`, isBomb)
  }
}
