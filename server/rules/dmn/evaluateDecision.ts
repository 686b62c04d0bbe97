import type { FeelContext, FeelScope, FeelValue } from '../feel/index.ts'
import { DecisionFailure, Evaluation } from './evaluation.ts'
import type { EvaluatedDecision } from './evaluation.ts'
import type { Decision, DecisionRequirements, DecisionService } from './model.ts'

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

/** A decision service of a graph, by its id or else by its name. */
export function serviceOf({ services }: DecisionRequirements, idOrName: string): DecisionService | undefined {
  return services.find((each) => each.id === idOrName) ?? services.find((each) => each.name === idOrName)
}

/** Makes a decision and all that it requires, with the variables of `scope`. What has no answer for them is told as its failure. */
export function evaluateDecision({ dialect }: DecisionRequirements, decision: Decision, scope: FeelScope): DecisionResult {
  const evaluation = new Evaluation(dialect, scope)
  const { evaluated } = evaluation
  try {
    return { output: evaluation.resultOf(decision), evaluated }
  } catch (error) {
    if (!(error instanceof DecisionFailure)) throw error
    return { output: null, evaluated, failure: { decision: error.decision, message: error.message } }
  }
}

/** Calls a decision service with arguments by name. */
export function invokeService(service: DecisionService, args: FeelContext, now?: () => number): FeelValue {
  return service.invoke(args, { scope: { get: () => undefined, now } })
}
