/** Who catches what is thrown inside. Events that wait for something from outside are in `waiting.ts`. */
import type { BoundaryEvent, StartEvent, Trigger } from '../model/executable.ts'
import type { ElementInstance } from '../state/instance.ts'

/** A business error or an escalation on its way outward. */
export interface Thrown {
  readonly kind: 'error' | 'escalation'
  readonly code: string
}

/** Either an event on the border of `element`, or the start of an event sub-process inside it. */
export interface Catcher {
  readonly element: ElementInstance
  readonly event: BoundaryEvent | StartEvent
}

/** The nearest who catches it within the instance, from `element` outward. */
export function catcherOf(element: ElementInstance, thrown: Thrown): Catcher | undefined {
  for (let at = element; at.scope; at = at.scope) {
    const event = amongThese(at.node.boundary, thrown)
    if (event) return { element: at, event }
    const start = amongThese(startsBeside(at, at.scope), thrown)
    if (start) return { element: at.scope, event: start }
  }
  return undefined
}

// What an event sub-process throws on is for those outside: it does not begin itself anew.
function startsBeside({ node }: ElementInstance, scope: ElementInstance): readonly StartEvent[] {
  if (!('eventStarts' in scope.node) || scope.isInterrupted) return []
  return scope.node.eventStarts.filter((each) => each.scope !== node.id)
}

/** An event that names the code comes before one that catches all. */
function amongThese<E extends Trigger>(events: readonly E[], { kind, code }: Thrown): E | undefined {
  const catching = events.filter((each) => each[kind])
  return catching.find((each) => each[kind]!.code === code) ?? catching.find((each) => each[kind]!.code === undefined)
}
