import type { CompensationThrow, FlowNode } from './executable.ts'
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
  for (const handler of elements) if (handler.isForCompensation === true) checkHandler(handler, elements, reading)
  return handlers
}

export function isCompensationBoundary(element: Moddle): boolean {
  return element.$type === 'bpmn:BoundaryEvent' && isCompensation(listOf(element, 'eventDefinitions')[0])
}

export function isCompensation(definition: Moddle | undefined): boolean {
  return definition?.$type === 'bpmn:CompensateEventDefinition'
}

/** An event that throws compensation, in the middle or at the end: the engine waits for what it begins. */
export function readCompensationThrow(element: Moddle, definition: Moddle, parts: NodeParts, reading: Reading): CompensationThrow {
  if (definition.waitForCompletion === false) {
    reading.refuse(element, 'The attribute waitForCompletion of a compensation event must be true or not present')
  }
  return { ...parts, kind: 'compensation-throw', activityId: childOf(definition, 'activityRef')?.id }
}

/** What an event compensates by name must be there to be compensated: in its own scope, or in the one around its event sub-process. */
export function checkCompensationThrow(node: CompensationThrow, nodes: ReadonlyMap<string, FlowNode>, reading: Reading): void {
  if (node.activityId === undefined) return
  const at = { $type: 'CompensateEventDefinition', id: node.id }
  const scope = nodes.get(node.scope)
  const activity = nodes.get(node.activityId)
  const isNear = activity?.scope === node.scope || (scope?.kind === 'event-sub-process' && activity?.scope === scope.scope)
  if (!activity || !isNear) reading.refuse(at,
    `The referenced compensation activity '${node.activityId}' must be in the same scope as the compensation throw event`)
  else if (!activity.compensationHandler && !isSubProcess(activity)) reading.refuse(at,
    `The referenced compensation activity '${node.activityId}' must have either a compensation boundary event or be a subprocess`)
}

// Activities alone have this attribute, which is false unless it is drawn otherwise.
function canBegin(element: Moddle): boolean {
  return typeof element.isForCompensation === 'boolean' && element.triggeredByEvent !== true
}

function checkHandler(handler: Moddle, elements: Moddle[], reading: Reading): void {
  const isEnd = (property: string) => (each: Moddle): boolean => childOf(each, property) === handler
  const flows = elements.filter((each) => each.$type === 'bpmn:SequenceFlow')
  if (flows.some(isEnd('targetRef'))) reading.refuse(handler, 'A compensation handler should have no incoming sequence flows')
  if (flows.some(isEnd('sourceRef'))) reading.refuse(handler, 'A compensation handler should have no outgoing sequence flows')
  if (elements.some(isEnd('attachedToRef'))) reading.refuse(handler, 'A compensation handler should have no boundary events')
}

function isSubProcess(node: FlowNode): boolean {
  return 'eventStarts' in (node.kind === 'multi-instance' ? node.each : node)
}
