import { definitionsOf } from '../drawing.ts'
import type { StartEvent, Trigger } from '../executable.ts'
import type { Moddle } from '../moddle.ts'
import type { NodeParts } from './parts.ts'
import type { Reading } from './reading.ts'
import { readTrigger } from './trigger.ts'

export function readStartEvent(element: Moddle, parts: NodeParts, reading: Reading): StartEvent {
  const [definition] = definitionsOf(element)
  const event: StartEvent = { ...parts, kind: 'start-event', interrupts: element.isInterrupting !== false }
  return definition ? { ...event, ...readTrigger(element, definition, reading) } : event
}

/** Whether a start event waits for nothing: the process begins there when it is created by hand or called. */
export function isNone({ timer, message, signal }: Trigger): boolean {
  return !timer && !message && !signal
}
