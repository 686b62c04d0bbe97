import type { Key } from '../key.ts'
import type { FlowNode } from '../model/executable.ts'
import type { ElementInstance, Instance } from '../state/instance.ts'
import type { Decision } from './decision.ts'
import { newElementKey } from './jobs.ts'

/** Puts an element into its scope; nothing is done yet. `throwKey` is of the event whose compensation handler it is. */
export function enter(decision: Decision, instance: Instance, node: FlowNode, scope: ElementInstance, throwKey?: Key): ElementInstance {
  const key = newElementKey(decision)
  decision.record({ type: 'element-activating', instance, key, node, scope, throwKey, at: decision.nowMs })
  return instance.elements.get(key)!
}
