import { decisionOf, evaluateDecision, type DecisionResult } from '../../rules/dmn/index.ts'
import type { FeelScope } from '../../rules/feel/index.ts'
import type { DeployedDecision, Drg } from '../state/decisionGraphs.ts'
import type { StateView } from '../state/state.ts'

/** What came of a decision, and which version of it was made. */
export interface DecisionEvaluation extends Omit<DecisionResult, 'failure'> {
  readonly deployed: DeployedDecision
  readonly drg: Drg
  /** Of the graph it lies in: every decision there has its version. */
  readonly versions: readonly DeployedDecision[]
  readonly failure?: { readonly decisionId: string; readonly message: string }
}

/** Makes a deployed decision with the variables of `scope`. Its graph must be in memory. */
export function evaluateDeployed({ drgs }: StateView, deployed: DeployedDecision, scope: FeelScope): DecisionEvaluation {
  const model = drgs.model(deployed.drgKey)
  const decision = model && decisionOf(model, deployed.decisionId)
  const drg = drgs.byKey(deployed.drgKey)
  if (!model || !decision || !drg) throw new Error(`Expected the graph of decision ${deployed.decisionId} in memory, but it is not there`)
  const { failure, ...result } = evaluateDecision(model, decision, scope)
  return {
    ...result, deployed, drg, versions: drgs.decisionsOf(drg.key),
    failure: failure && {
      decisionId: failure.decision.id,
      message: `Expected to evaluate decision '${deployed.decisionId}', but ${failure.message}`,
    },
  }
}
