import { faultAt } from '../fault.ts'
import type { Remark } from '../moddle.ts'

/** References that the schema of BPMN itself wants to be kept. What another leads to is asked where it matters. */
const kept = new Set([
  'bpmn:incoming', 'bpmn:outgoing', 'bpmn:default', 'bpmn:flowNodeRef', 'bpmn:dataObjectRef', 'bpmn:activityRef',
])
const keptByFlows = new Set(['bpmn:sourceRef', 'bpmn:targetRef'])

/** What the reader of XML remarked, as reasons to refuse the diagram; what is not about its meaning is let pass. */
export function faultsOfRemarks(remarks: readonly Remark[]): string[] {
  return remarks.flatMap((remark) => faultOf(remark) ?? [])
}

function faultOf({ message, element, property, value }: Remark): string | undefined {
  if (message.startsWith('unresolved reference')) {
    if (!element || !property) return undefined
    const isKept = kept.has(property) || (element.$type === 'bpmn:SequenceFlow' && keptByFlows.has(property))
    return isKept ? faultAt(element, `Expected an element with the id '${String(value)}', but there is none`) : undefined
  }
  if (message.startsWith('unknown attribute')) {
    const isOfBpmn = element?.$type.startsWith('bpmn:')
    return isOfBpmn ? faultAt(element!, `Expected no attribute '${property}', because BPMN has none of that name here`) : undefined
  }
  if (!message.startsWith('unparsable content')) return undefined
  const reason = /nested error: (.*)$/s.exec(message)?.[1] ?? message
  // Extensions of the engine that this version does not know are passed over, as the vendor's engine does.
  if (reason.startsWith('unknown type <zeebe:')) return undefined
  const id = /^(?:illegal|duplicate) ID <(.*)>$/.exec(reason)?.[1]
  if (id === undefined) return message
  return faultAt({ $type: 'Element', id }, reason.startsWith('illegal')
    ? 'Expected an id of letters, digits, dots, dashes and underscores that begins with a letter or underscore'
    : 'Expected an id that no other element has')
}
