import { raiseIncident } from '../behaviors/incidents.ts'
import { scopeOf, textOf } from '../behaviors/expressions.ts'
import { Failure } from '../behaviors/failure.ts'
import { visibleJson } from '../behaviors/variables.ts'
import type { CallActivity } from '../model/executable.ts'
import type { Definition } from '../state/definitions.ts'
import type { ElementInstance } from '../state/instance.ts'
import { splitObject } from '../state/jsonObject.ts'
import type { StateView } from '../state/state.ts'
import type { Calling } from './call.ts'
import { startInstance } from './startInstance.ts'

/** A call activity has its turn: the latest version of the process it names begins. */
export const callProcess: Calling<CallActivity> = {
  needs(node, element, state) {
    const definition = called(node, element, state, 0)
    return { models: definition instanceof Failure ? [] : [definition.key] }
  },

  decide(node, instance, element, decision) {
    const definition = called(node, element, decision.state, decision.nowMs)
    if (definition instanceof Failure) return raiseIncident(decision, instance, element, definition)
    const event = decision.state.definitions.model(definition.key)!.root.noneStart
    if (!event) {
      const message = `Expected process with BPMN process id '${definition.processId}' to have a none start event, but it has none.`
      return raiseIncident(decision, instance, element, new Failure('CALLED_ELEMENT_ERROR', message))
    }
    startInstance(decision, {
      definition, event, caller: { instanceKey: instance.key, elementKey: element.key },
      variables: node.givesAll ? splitObject(visibleJson(element)) : element.variables,
      created: (child) => decision.record({ type: 'instance-called', instance, element, calledKey: child.key }),
    })
  },
}

function called({ processId }: CallActivity, element: ElementInstance, state: StateView, nowMs: number): Definition | Failure {
  const id = textOf(processId, scopeOf(element, nowMs))
  if (id instanceof Failure) return id
  return state.definitions.latest(id) ?? new Failure('CALLED_ELEMENT_ERROR',
    `Expected process with BPMN process id '${id}' to be deployed, but not found.`)
}
