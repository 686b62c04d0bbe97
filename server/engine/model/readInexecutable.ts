import type { InexecutableThrow } from './executable.ts'
import { childOf, listOf, type Moddle } from './moddle.ts'
import type { NodeParts } from './reading.ts'

/**
 * Events that the vendor's validators let pass and no page of documentation explains. A diagram with one is deployed here
 * too, so that both answer alike; what it draws never happens unseen.
 */

const beginsNothing = definition('Error', 'Escalation', 'Compensate', 'Link', 'Terminate')
const isThrownNowhere = definition('Error', 'Timer', 'Terminate')

/** Whether a process can never begin here, because nothing outside of a process brings such an event. */
export function neverBegins(element: Moddle): boolean {
  if (element.$type !== 'bpmn:StartEvent' || childOf(element, '$parent')?.$type !== 'bpmn:Process') return false
  return listOf(element, 'eventDefinitions').some(({ $type }) => beginsNothing.has($type))
}

export function isInexecutableThrow(element: Moddle): boolean {
  if (element.$type !== 'bpmn:IntermediateThrowEvent') return false
  const definitions = listOf(element, 'eventDefinitions')
  return definitions.length > 1 || definitions.some(({ $type }) => isThrownNowhere.has($type))
}

export function readInexecutableThrow(element: Moddle, parts: NodeParts): InexecutableThrow {
  const definitions = listOf(element, 'eventDefinitions').map(({ $type }) => $type.replace('bpmn:', ''))
  return { ...parts, kind: 'inexecutable-throw', definitions }
}

function definition(...kinds: string[]): ReadonlySet<string> {
  return new Set(kinds.map((kind) => `bpmn:${kind}EventDefinition`))
}
