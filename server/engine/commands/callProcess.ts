import { raiseIncident } from '../behaviors/incidents.ts'
import { scopeOf, textOf } from '../behaviors/expressions.ts'
import { Failure } from '../behaviors/failure.ts'
import { visibleJson } from '../behaviors/variables.ts'
import type { Key } from '../key.ts'
import type { CallActivity } from '../model/executable.ts'
import type { Definition } from '../state/definitions.ts'
import type { ElementInstance } from '../state/instance.ts'
import { splitObject } from '../state/jsonObject.ts'
import type { StateView } from '../state/state.ts'
import type { Command } from './command.ts'
import { startInstance } from './startInstance.ts'

export interface CallProcess {
  instanceKey: Key
  elementKey: Key
}

/** A call activity has its turn: the latest version of the process it names begins. */
export const callProcess: Command<CallProcess, void> = {
  intent: 'CALL',

  needs({ instanceKey, elementKey }, state) {
    const element = state.instance(instanceKey)?.elements.get(elementKey)
    const definition = element && called(element, state, 0)
    return { instances: [instanceKey], models: definition && !(definition instanceof Failure) ? [definition.key] : [] }
  },

  decide({ instanceKey, elementKey }, decision) {
    const instance = decision.state.instance(instanceKey)
    const element = instance?.elements.get(elementKey)
    if (!instance || !element || element.calledKey || element.incidentKey) return
    const definition = called(element, decision.state, decision.nowMs)
    if (definition instanceof Failure) return raiseIncident(decision, instance, element, definition)
    const event = decision.state.definitions.model(definition.key)!.root.noneStart
    if (!event) {
      const message = `Expected process with BPMN process id '${definition.processId}' to have a none start event, but it has none.`
      return raiseIncident(decision, instance, element, new Failure('CALLED_ELEMENT_ERROR', message))
    }
    const { givesAll } = element.node as CallActivity
    startInstance(decision, {
      definition, event, caller: { instanceKey, elementKey },
      variables: givesAll ? splitObject(visibleJson(element)) : element.variables,
      created: (child) => decision.record({ type: 'instance-called', instance, element, calledKey: child.key }),
    })
  },
}

function called(element: ElementInstance, state: StateView, nowMs: number): Definition | Failure {
  const id = textOf((element.node as CallActivity).processId, scopeOf(element, nowMs))
  if (id instanceof Failure) return id
  return state.definitions.latest(id) ?? new Failure('CALLED_ELEMENT_ERROR',
    `Expected process with BPMN process id '${id}' to be deployed, but not found.`)
}
