import { scopeOf } from '../behaviors/expressions.ts'
import { Failure } from '../behaviors/failure.ts'
import { raiseIncident } from '../behaviors/incidents.ts'
import { bringDecision, decisionCalled } from '../elements/businessRuleTask.ts'
import { Lifecycle } from '../elements/lifecycle.ts'
import type { BusinessRuleTask } from '../model/executable.ts'
import type { Calling } from './call.ts'

/** A business rule task whose decision had to be read has its turn. */
export const callDecision: Calling<BusinessRuleTask> = {
  needs(task, element, state) {
    const deployed = decisionCalled(task, state, scopeOf(element, 0))
    return { drgs: deployed instanceof Failure ? [] : [deployed.drgKey] }
  },

  decide(task, instance, element, decision) {
    const scope = scopeOf(element, decision.nowMs)
    const deployed = decisionCalled(task, decision.state, scope)
    const failure = deployed instanceof Failure ? deployed : bringDecision(decision, instance, element, deployed, scope)
    if (failure) return raiseIncident(decision, instance, element, failure)
    const lifecycle = new Lifecycle(decision, instance)
    lifecycle.complete(element)
    lifecycle.run()
  },
}
