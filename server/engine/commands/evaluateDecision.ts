import { scopeOfVariables } from '../behaviors/expressions.ts'
import { evaluateDeployed, type DecisionEvaluation } from '../behaviors/decisions.ts'
import type { Key } from '../key.ts'
import type { DeployedDecision } from '../state/decisionGraphs.ts'
import type { StateView } from '../state/state.ts'
import { reject, type Command } from './command.ts'
import { readVariables } from './readRequest.ts'

export interface EvaluateDecision {
  /** The latest version of this id is evaluated; it comes before the key. */
  decisionId?: string
  decisionKey?: Key
  /** JSON text of an object. */
  variables: string
}

export interface EvaluatedDecisionReply extends DecisionEvaluation {
  /** Names this evaluation. */
  decisionInstanceKey: Key
}

const intent = 'EVALUATE'

/** Makes a decision outside of any process. A decision that fails is an answer, too. */
export const evaluateDecision: Command<EvaluateDecision, EvaluatedDecisionReply> = {
  intent,
  standing: 'begins',

  needs(request, state) {
    const deployed = asked(request, state)
    return { drgs: deployed ? [deployed.drgKey] : [] }
  },

  decide(request, decision) {
    const { decisionId, decisionKey } = request
    if (!decisionId && !decisionKey) {
      reject(intent, 'invalid', 'Expected either a decision id or a valid decision key, but none provided')
    }
    const deployed = asked(request, decision.state)
    if (!deployed) {
      const name = decisionId ? `id '${decisionId}'` : `key '${decisionKey}'`
      reject(intent, 'invalid', `Expected to evaluate decision '${decisionId || decisionKey}', but no decision found for ${name}`)
    }
    const variables = readVariables(intent, request.variables)
    const evaluation = evaluateDeployed(decision.state, deployed, scopeOfVariables(variables, decision.nowMs))
    return { ...evaluation, decisionInstanceKey: decision.nextKey() }
  },
}

function asked({ decisionId, decisionKey }: EvaluateDecision, { drgs }: StateView): DeployedDecision | undefined {
  if (decisionId) return drgs.latestDecision(decisionId)
  return decisionKey ? drgs.decision(decisionKey) : undefined
}
