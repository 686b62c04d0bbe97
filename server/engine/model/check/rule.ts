import type { Refuse } from '../fault.ts'
import { childOf, extensionsOf, listOf, textOf, type Moddle } from '../moddle.ts'

/** What an element must obey by how it is drawn. Whether its expressions can be evaluated is for the readers to find. */
export type Rule = (element: Moddle, refuse: Refuse) => void

/** What an event waits for or does: `bpmn:MessageEventDefinition` and the like. */
export function definitionsOf(event: Moddle): Moddle[] {
  return listOf(event, 'eventDefinitions')
}

/** Kind of the event's only definition; undefined for an event of no kind. */
export function kindOf(event: Moddle): string | undefined {
  return definitionsOf(event)[0]?.$type
}

/** What stands in a process or sub-process, sequence flows too. */
export function elementsIn(scope: Moddle): Moddle[] {
  return listOf(scope, 'flowElements')
}

/** The scope an element stands in; what stands in the file itself has its root. */
export function around(element: Moddle): Moddle {
  return childOf(element, '$parent') ?? element
}

/** The events on the border of an activity. */
export function borderOf(activity: Moddle): Moddle[] {
  return elementsIn(around(activity)).filter((each) => each.$type === 'bpmn:BoundaryEvent' && childOf(each, 'attachedToRef') === activity)
}

/** Whether the attribute of an extension says something. */
export function hasText(extension: Moddle, attribute: string): boolean {
  return Boolean(textOf(extension, attribute))
}

/** How many extensions of these types an element has. */
export function countOf(element: Moddle, ...types: string[]): number {
  return types.reduce((count, type) => count + extensionsOf(element, type).length, 0)
}

/** Texts that are there more than once. */
export function repeats(texts: readonly string[]): Set<string> {
  return new Set(texts.filter((text, index) => texts.indexOf(text) !== index))
}
