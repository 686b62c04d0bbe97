import { raiseIncident } from '../behaviors/incidents.ts'
import { applyInputs } from '../behaviors/variables.ts'
import { Lifecycle } from '../elements/lifecycle.ts'
import type { Key } from '../key.ts'
import { isCalling } from '../state/instanceBody.ts'
import { reject, type Command } from './command.ts'

export interface ResolveIncident {
  incidentKey: Key
}

const intent = 'RESOLVE'

/** Takes up again exactly the step that an incident held. If it fails again, that is a new incident. */
export const resolveIncident: Command<ResolveIncident, void> = {
  intent,
  needs: ({ incidentKey }) => ({ instancesOf: [incidentKey] }),

  decide({ incidentKey }, decision) {
    const { state } = decision
    const instance = state.owner(incidentKey)
    const element = instance && [...instance.elements.values()].find((each) => each.incidentKey === incidentKey)
    if (!element) reject(intent, 'not-found', `Expected to resolve incident with key '${incidentKey}', but no such incident was found`)
    const job = element.jobKey ? state.job(element.jobKey) : undefined
    if (job && job.retries < 1) {
      const reason = `Expected to resolve incident with key '${incidentKey}', but the job with key '${job.key}' has no retries left`
      reject(intent, 'wrong-state', `${reason}; update its retries first`)
    }
    decision.record({ type: 'incident-resolved', instance: instance!, element, key: incidentKey })
    if (job) {
      decision.record({ type: 'job-returned', job, ready: decision.nextKey() })
      return
    }
    if (isCalling(element)) {
      const failure = element.node.kind === 'business-rule-task' ? applyInputs(decision, instance!, element) : undefined
      if (failure) return raiseIncident(decision, instance!, element, failure)
      decision.follow({ do: 'call', instanceKey: instance!.key, elementKey: element.key })
      return
    }
    const lifecycle = new Lifecycle(decision, instance!)
    if (element.phase === 'completing') lifecycle.complete(element)
    else lifecycle.activate(element)
    lifecycle.run()
  },
}
