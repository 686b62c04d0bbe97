import type { Dialect, FeelContext, FeelFunction, FeelScope, FeelValue } from '../feel/index.ts'
import type { DataType } from './types/dataType.ts'

/** How a decision is made, in the protocol's words. */
export type DecisionType = 'DECISION_TABLE' | 'LITERAL_EXPRESSION' | 'CONTEXT' | 'INVOCATION' | 'LIST' | 'RELATION' | 'UNKNOWN'

/** A decision requirements graph, every expression in it compiled. */
export interface DecisionRequirements {
  readonly id: string
  readonly name: string
  readonly dialect: Dialect
  /** In the order of the file. */
  readonly decisions: readonly Decision[]
  /** Decision services and business knowledge models. */
  readonly functions: readonly Callable[]
}

export interface Decision {
  readonly id: string
  readonly name: string
  readonly type: DecisionType
  /** What those that require it call its result. */
  readonly resultName: string
  readonly declaredType: DataType | undefined
  readonly requires: Requirements
  readonly logic: Logic
}

/** What a decision or a piece of knowledge builds on. */
export interface Requirements {
  readonly decisions: readonly Decision[]
  readonly inputs: readonly Input[]
  readonly functions: readonly Callable[]
  /** What comes from models that are imported under a name: it is visible inside a context with this name. */
  readonly imported: ReadonlyMap<string, Requirements>
}

/** Data that comes from outside. */
export interface Input {
  readonly id: string
  readonly name: string
  readonly declaredType: DataType | undefined
}

/** What is a function for those who require it: a business knowledge model or a decision service. */
export interface Callable {
  readonly id: string
  readonly name: string
  readonly parameters: readonly Parameter[]
  /** The function, for one place where it is required. */
  function(site: Site): FeelFunction
  /** Calls it with what the names in `given` stand for. Throws DecisionFault when an argument is missing or of a wrong type. */
  invoke(given: FeelContext, site: Site): FeelValue
}

export interface Parameter {
  readonly name: string
  readonly type: DataType | undefined
}

/** Where logic is evaluated. */
export interface Site {
  readonly scope: FeelScope
  /** Hears which rules of a decision table matched, where the table is all of a decision's logic. */
  readonly heard?: (outcome: TableOutcome) => void
}

/** A compiled piece of decision logic. Throws DecisionFault where the whole evaluation fails. */
export type Logic = (site: Site) => FeelValue

/** What a decision table saw and which of its rules matched. */
export interface TableOutcome {
  readonly evaluatedInputs: readonly EvaluatedInput[]
  readonly matchedRules: readonly MatchedRule[]
}

export interface EvaluatedInput {
  readonly inputId: string
  readonly inputName: string
  readonly inputValue: FeelValue
}

export interface MatchedRule {
  readonly ruleId: string
  /** From 1, in the order of the table. */
  readonly ruleIndex: number
  readonly evaluatedOutputs: readonly EvaluatedOutput[]
}

export interface EvaluatedOutput {
  readonly outputId: string
  readonly outputName: string
  readonly outputValue: FeelValue
}

/** A decision cannot be made with these values. `message` is a sentence for the person who drew it. */
export class DecisionFault extends Error {
  override readonly name = 'DecisionFault'

  constructor(
    message: string,
    /** Whether it would need more work than is allowed, so that nothing around it may go on. */
    readonly needsTooMuch = false,
  ) {
    super(message)
  }
}

/** The place at which nothing is visible but `values`. */
export function onlyValues({ scope }: Site, values: ReadonlyMap<string, FeelValue>): Site {
  return { scope: { get: (name) => values.get(name), now: scope.now, budget: scope.budget } }
}

/** The same place with more names, which hide those around them. */
export function withValues({ scope }: Site, values: ReadonlyMap<string, FeelValue>): Site {
  const get = (name: string) => (values.has(name) ? values.get(name) : scope.get(name))
  return { scope: { get, now: scope.now, budget: scope.budget } }
}
