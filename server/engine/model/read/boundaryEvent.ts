import { definitionsOf } from '../drawing.ts'
import type { BoundaryEvent } from '../executable.ts'
import { childOf, type Moddle } from '../moddle.ts'
import { checked } from './checked.ts'
import type { NodeParts } from './parts.ts'
import type { Reading } from './reading.ts'
import { readTrigger } from './trigger.ts'

export function readBoundaryEvent(element: Moddle, parts: NodeParts, reading: Reading): BoundaryEvent {
  const definition = checked(definitionsOf(element)[0], 'what the event on the border waits for')
  const attachedTo = checked(childOf(element, 'attachedToRef')?.id, 'the activity on whose border the event is')
  const interrupts = element.cancelActivity !== false
  return { ...parts, kind: 'boundary-event', attachedTo, interrupts, ...readTrigger(element, definition, reading) }
}
