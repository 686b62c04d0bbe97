import { elementTypeOf, type ElementType } from '../elementTypes.ts'
import type { BoundaryEvent, Flow, Mapping } from '../executable.ts'
import { listOf, type Moddle } from '../moddle.ts'
import type { Flows } from './flows.ts'
import type { Reading } from './reading.ts'

/** What all flow nodes share, already read. */
export interface NodeParts {
  id: string
  ref: string
  elementType: ElementType
  name: string
  incoming: Flow[]
  outgoing: Flow[]
  inputs: Mapping[]
  outputs: Mapping[]
  boundary: BoundaryEvent[]
  compensationHandler?: string
  scope: string
}

/** What surrounds the elements of one process or sub-process. */
export interface Surroundings {
  readonly scope: string
  readonly flows: Flows
  /** Places for the events on the border of each element, filled when they have been read. */
  readonly boundary: ReadonlyMap<string, BoundaryEvent[]>
  /** Compensation handlers, by the id of the activity they undo. */
  readonly handlers: ReadonlyMap<string, string>
}

/** The order of the outgoing list decides which condition is asked first; flows that are drawn but not listed come after. */
export function readParts(element: Moddle, { scope, flows, boundary, handlers }: Surroundings, reading: Reading): NodeParts {
  const id = reading.idOf(element)
  const all = [...flows.values()]
  const listed = listOf(element, 'outgoing').flatMap((each) => flows.get(each.id ?? '') ?? [])
  return {
    id,
    ref: id,
    elementType: elementTypeOf(element),
    name: element.name ?? '',
    incoming: all.filter((flow) => flow.target === id),
    outgoing: [...listed, ...all.filter((flow) => flow.source === id && !listed.includes(flow))],
    inputs: reading.mappings(element, 'inputParameters'),
    outputs: reading.mappings(element, 'outputParameters'),
    boundary: boundary.get(id) ?? [],
    compensationHandler: handlers.get(id),
    scope,
  }
}
