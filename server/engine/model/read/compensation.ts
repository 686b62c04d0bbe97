import { elementsIn, kindOf } from '../drawing.ts'
import { childOf, listOf, type Moddle } from '../moddle.ts'
import type { Reading } from './reading.ts'

/**
 * The activities of a process or sub-process that undo others, by the id of what they undo: from the compensation event
 * on its border an association leads to its handler. Of several on one border the first counts, as in Zeebe 8.5.
 */
export function readHandlers(container: Moddle, reading: Reading): ReadonlyMap<string, string> {
  const elements = elementsIn(container)
  const associations = listOf(container, 'artifacts').filter((each) => each.$type === 'bpmn:Association')
  const handlers = new Map<string, string>()
  for (const event of elements.filter(isCompensationBoundary)) {
    const targets = associations.filter((each) => childOf(each, 'sourceRef') === event).map((each) => childOf(each, 'targetRef'))
    const handler = targets.find((each) => each && canBegin(each) && elements.includes(each))
    const activityId = childOf(event, 'attachedToRef')?.id ?? ''
    if (!handler) reading.refuse(event, 'Expected an association to lead to a compensation handler in the same scope, but found none')
    else if (!handlers.has(activityId)) handlers.set(activityId, handler.id ?? '')
  }
  return handlers
}

function isCompensationBoundary(element: Moddle): boolean {
  return element.$type === 'bpmn:BoundaryEvent' && kindOf(element) === 'bpmn:CompensateEventDefinition'
}

// Activities alone have this attribute, which is false unless it is drawn otherwise.
function canBegin(element: Moddle): boolean {
  return typeof element.isForCompensation === 'boolean' && element.triggeredByEvent !== true
}
