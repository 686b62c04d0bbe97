import type { CompensationThrow } from './executable.ts'
import { childOf, listOf, type Moddle } from './moddle.ts'
import type { NodeParts, Reading } from './reading.ts'

/**
 * The activities of a process or sub-process that undo others, by the id of what they undo: from the compensation event
 * on its border an association leads to its handler. Of several on one border the first counts, as in Zeebe 8.5.
 */
export function readHandlers(container: Moddle, reading: Reading): ReadonlyMap<string, string> {
  const elements = listOf(container, 'flowElements')
  const associations = listOf(container, 'artifacts').filter((each) => each.$type === 'bpmn:Association')
  const handlers = new Map<string, string>()
  for (const event of elements.filter(isCompensationBoundary)) {
    const targets = associations.filter((each) => childOf(each, 'sourceRef') === event).map((each) => childOf(each, 'targetRef'))
    const handler = targets.find((each) => each && canBegin(each) && elements.includes(each))
    const activityId = childOf(event, 'attachedToRef')?.id ?? ''
    if (!handler) reading.refuse(event, 'Must have an association to its compensation handler')
    else if (!handlers.has(activityId)) handlers.set(activityId, handler.id ?? '')
  }
  return handlers
}

export function isCompensationBoundary(element: Moddle): boolean {
  return element.$type === 'bpmn:BoundaryEvent' && isCompensation(listOf(element, 'eventDefinitions')[0])
}

export function isCompensation(definition: Moddle | undefined): boolean {
  return definition?.$type === 'bpmn:CompensateEventDefinition'
}

/** An event that throws compensation, in the middle or at the end: the engine waits for what it begins. */
export function readCompensationThrow(_element: Moddle, definition: Moddle, parts: NodeParts): CompensationThrow {
  return { ...parts, kind: 'compensation-throw', activityId: childOf(definition, 'activityRef')?.id }
}

// Activities alone have this attribute, which is false unless it is drawn otherwise.
function canBegin(element: Moddle): boolean {
  return typeof element.isForCompensation === 'boolean' && element.triggeredByEvent !== true
}
