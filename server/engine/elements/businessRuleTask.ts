import { toJson, type FeelScope } from '../../rules/feel/index.ts'
import type { Decision } from '../behaviors/decision.ts'
import { evaluateDeployed } from '../behaviors/decisions.ts'
import { textOf } from '../behaviors/expressions.ts'
import { Failure } from '../behaviors/failure.ts'
import { bringResult } from '../behaviors/variables.ts'
import type { BusinessRuleTask } from '../model/executable.ts'
import type { DeployedDecision } from '../state/decisionGraphs.ts'
import type { ElementInstance, Instance } from '../state/instance.ts'
import type { StateView } from '../state/state.ts'
import type { ElementHandler } from './element.ts'

/** A decision whose result becomes a variable. If its graph has to be read first, the decision is the next command. */
export const businessRuleTask: ElementHandler<BusinessRuleTask> = {
  activate(task, step) {
    const { decision, instance, element, scope } = step
    const deployed = decisionCalled(task, decision.state, scope)
    if (deployed instanceof Failure) return deployed
    if (!decision.state.drgs.model(deployed.drgKey)) {
      decision.follow({ do: 'call', instanceKey: instance.key, elementKey: element.key })
      return step.wait()
    }
    return bringDecision(decision, instance, element, deployed, scope) ?? step.complete()
  },
}

/** The latest version of the decision that a task names. */
export function decisionCalled({ decisionId }: BusinessRuleTask, { drgs }: StateView, scope: FeelScope): DeployedDecision | Failure {
  const id = textOf(decisionId, scope)
  if (id instanceof Failure) return id
  return drgs.latestDecision(id)
    ?? new Failure('CALLED_DECISION_ERROR', `Expected to evaluate decision '${id}', but no decision found for id '${id}'`)
}

/** Makes the decision and keeps its result. Its graph must be in memory. */
export function bringDecision(
  decision: Decision, instance: Instance, element: ElementInstance, deployed: DeployedDecision, scope: FeelScope,
): Failure | undefined {
  const { output, evaluated, failure } = evaluateDeployed(decision.state, deployed, scope)
  if (failure) return new Failure('DECISION_EVALUATION_ERROR', failure.message)
  const rules = evaluated.map((each): [string, ...string[]] => [each.decision.id, ...each.matchedRules.map(({ ruleId }) => ruleId)])
  decision.record({ type: 'decision-evaluated', instance, element, decided: [decision.nextKey(), deployed.key, rules] })
  const { resultVariable } = element.node as BusinessRuleTask
  bringResult(decision, instance, element, new Map([[resultVariable, toJson(output)]]))
  return undefined
}
