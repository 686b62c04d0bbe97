import type { ElementInstance, Instance } from '../state/instance.ts'
import type { Decision } from './decision.ts'
import type { Failure } from './failure.ts'

/** Parks an element until a person resolves what holds it up. */
export function raiseIncident(decision: Decision, instance: Instance, element: ElementInstance, { type, message }: Failure): void {
  decision.record({
    type: 'incident-created', instance, element,
    incident: {
      key: decision.nextKey(), instanceKey: instance.key, elementKey: element.key, elementId: element.node.id, type,
      message: storable(message), createdAt: decision.nowMs,
    },
  })
}

/** Text as it may be kept: control characters, which part the cells of a commit, become blanks. */
export function storable(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ' ').slice(0, 10_000)
}
