import { childOf, listOf, type Moddle } from './moddle.ts'

/** Questions asked of what is drawn, by the rules and by the readers. */

/** What an event waits for or does: `bpmn:MessageEventDefinition` and the like. */
export function definitionsOf(event: Moddle): Moddle[] {
  return listOf(event, 'eventDefinitions')
}

/** Kind of the event's only definition; undefined for an event of no kind. */
export function kindOf(event: Moddle): string | undefined {
  return definitionsOf(event)[0]?.$type
}

/** The types of event definition by their short names: `Message` is `bpmn:MessageEventDefinition`. */
export function definitionTypes(...kinds: string[]): ReadonlySet<string> {
  return new Set(kinds.map((kind) => `bpmn:${kind}EventDefinition`))
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

/** Whether a process begins here, rather than a sub-process. */
export function startsProcess(event: Moddle): boolean {
  return event.$type === 'bpmn:StartEvent' && around(event).$type === 'bpmn:Process'
}
