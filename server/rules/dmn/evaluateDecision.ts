import { Budget } from '../feel/index.ts'
import type { FeelContext, FeelScope, FeelValue } from '../feel/index.ts'
import { DecisionFailure, Evaluation } from './evaluation.ts'
import type { EvaluatedDecision } from './evaluation.ts'
import { DecisionFault } from './model.ts'
import type { Callable, Decision, DecisionRequirements } from './model.ts'

/** What came of a decision. */
export interface DecisionResult {
  /** Null as well when it failed. */
  readonly output: FeelValue
  /** Every decision that was made, those required first; one that failed is the last. */
  readonly evaluated: readonly EvaluatedDecision[]
  readonly failure?: { readonly decision: Decision; readonly message: string }
}

/** A decision of a graph, by its id or else by its name. */
export function decisionOf({ decisions }: DecisionRequirements, idOrName: string): Decision | undefined {
  return decisions.find((each) => each.id === idOrName) ?? decisions.find((each) => each.name === idOrName)
}

/** A decision service or business knowledge model of a graph, by its id or else by its name. */
export function functionOf({ functions }: DecisionRequirements, idOrName: string): Callable | undefined {
  return functions.find((each) => each.id === idOrName) ?? functions.find((each) => each.name === idOrName)
}

/** Makes a decision and all that it requires, with the variables of `scope`. What has no answer for them is told as its failure. */
export function evaluateDecision({ dialect }: DecisionRequirements, decision: Decision, scope: FeelScope): DecisionResult {
  const evaluation = new Evaluation(dialect, { get: (name) => scope.get(name), now: scope.now, budget: new Budget() })
  const { evaluated } = evaluation
  try {
    return { output: evaluation.resultOf(decision), evaluated }
  } catch (error) {
    if (error instanceof RangeError) return { output: null, evaluated, failure: { decision, message: TOO_DEEP } }
    if (!(error instanceof DecisionFailure)) throw error
    return { output: null, evaluated, failure: { decision: error.decision, message: error.message } }
  }
}

// What requires what, or a type that another names, went on for longer than there is stack.
const TOO_DEEP = 'the decisions and types that this one builds on go too deep'

/**
 * Calls a decision service or business knowledge model from outside: arguments come by name and are converted by their declared type.
 * Throws DecisionFault where a decision would fail.
 */
export function invokeFunction(callable: Callable, args: FeelContext, now: () => number = Date.now): FeelValue {
  const given: FeelContext = new Map()
  try {
    for (const { name, type } of callable.parameters) {
      const value = args.get(name)
      if (value !== undefined) given.set(name, type ? type.read(value, now()) : value)
    }
    return callable.invoke(given, { scope: { get: () => undefined, now, budget: new Budget() } })
  } catch (error) {
    throw error instanceof RangeError ? new DecisionFault(TOO_DEEP, true) : error
  }
}
