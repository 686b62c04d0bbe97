import { definitionsOf, definitionTypes, startsProcess } from '../drawing.ts'
import type { InexecutableThrow } from '../executable.ts'
import type { Moddle } from '../moddle.ts'
import type { NodeParts } from './parts.ts'

/**
 * Events that the vendor's validators let pass and no page of documentation explains. A diagram with one is deployed here
 * too, so that both answer alike; what it draws never happens unseen.
 */

const beginsNothing = definitionTypes('Error', 'Escalation', 'Compensate', 'Link', 'Terminate')
const isThrownNowhere = definitionTypes('Error', 'Timer', 'Terminate')

/** Whether a process can never begin here, because nothing outside of a process brings such an event. */
export function neverBegins(element: Moddle): boolean {
  return startsProcess(element) && definitionsOf(element).some(({ $type }) => beginsNothing.has($type))
}

export function isInexecutableThrow(event: Moddle): boolean {
  const definitions = definitionsOf(event)
  return definitions.length > 1 || definitions.some(({ $type }) => isThrownNowhere.has($type))
}

export function readInexecutableThrow(event: Moddle, parts: NodeParts): InexecutableThrow {
  const definitions = definitionsOf(event).map(({ $type }) => $type.replace('bpmn:', ''))
  return { ...parts, kind: 'inexecutable-throw', definitions }
}
