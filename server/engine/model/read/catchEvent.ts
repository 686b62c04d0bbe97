import { definitionsOf } from '../drawing.ts'
import type { MessageCatch, NoneEvent, SignalCatch, TimerCatch } from '../executable.ts'
import type { Moddle } from '../moddle.ts'
import { checked } from './checked.ts'
import { readMessage } from './message.ts'
import type { NodeParts } from './parts.ts'
import type { Reading } from './reading.ts'
import { readSignal } from './signal.ts'
import { readTimer } from './timer.ts'

type Catch = TimerCatch | MessageCatch | SignalCatch | NoneEvent

/** An event on the way: the token waits there. */
export function readCatchEvent(element: Moddle, parts: NodeParts, reading: Reading): Catch {
  const definition = checked(definitionsOf(element)[0], 'what the event waits for')
  return checked(catches[definition.$type], 'an event that can wait on the way')(element, definition, parts, reading)
}

const catches: Readonly<Record<string, (element: Moddle, definition: Moddle, parts: NodeParts, reading: Reading) => Catch>> = {
  'bpmn:TimerEventDefinition': (element, definition, parts, reading) =>
    ({ ...parts, kind: 'timer-catch', timer: readTimer(element, definition, reading) }),
  'bpmn:MessageEventDefinition': (element, definition, parts, reading) =>
    ({ ...parts, kind: 'message-catch', message: readMessage(element, definition, reading) }),
  'bpmn:SignalEventDefinition': (element, definition, parts, reading) =>
    ({ ...parts, kind: 'signal-catch', signal: readSignal(element, definition, reading) }),
  // Its other half leads here by a flow (see `flows.ts`), so that it only marks a place.
  'bpmn:LinkEventDefinition': (_element, _definition, parts) => ({ ...parts, kind: 'none-event' }),
}
