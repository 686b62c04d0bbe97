import type { Decision } from '../behaviors/decision.ts'
import type { Key } from '../key.ts'
import type { FlowNode } from '../model/executable.ts'
import type { ElementInstance, Instance } from '../state/instance.ts'
import { isCalling } from '../state/instanceBody.ts'
import type { StateView } from '../state/state.ts'
import { callDecision } from './callDecision.ts'
import { callProcess } from './callProcess.ts'
import type { Command, Needs } from './command.ts'

export interface Call {
  instanceKey: Key
  elementKey: Key
}

/** How one kind of element calls what may have to be read first. */
export interface Calling<N extends FlowNode> {
  needs(node: N, element: ElementInstance, state: StateView): Needs
  decide(node: N, instance: Instance, element: ElementInstance, decision: Decision): void
}

const callings: Partial<Record<FlowNode['kind'], Calling<never>>> = {
  'call-activity': callProcess,
  'business-rule-task': callDecision,
}

/** An element that calls a process or a decision has its turn. One that has called already, or is held by an incident, is left as it is. */
export const call: Command<Call, void> = {
  intent: 'CALL',

  needs({ instanceKey, elementKey }, state) {
    const element = state.instance(instanceKey)?.elements.get(elementKey)
    const calling = element && callings[element.node.kind]
    return { instances: [instanceKey], ...(calling?.needs(element!.node as never, element!, state)) }
  },

  decide({ instanceKey, elementKey }, decision) {
    const instance = decision.state.instance(instanceKey)
    const element = instance?.elements.get(elementKey)
    if (!instance || !element || !isCalling(element)) return
    callings[element.node.kind]?.decide(element.node as never, instance, element, decision)
  },
}
