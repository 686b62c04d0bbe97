import { definitionsOf } from '../drawing.ts'
import type { CompensationThrow, EndEvent, EscalationThrow, InexecutableThrow, JobTask, NoneEvent, SignalThrow } from '../executable.ts'
import { childOf, textOf, type Moddle } from '../moddle.ts'
import { checked } from './checked.ts'
import { isInexecutableThrow, readInexecutableThrow } from './inexecutable.ts'
import { readJobTask } from './jobTask.ts'
import type { NodeParts } from './parts.ts'
import type { Reading } from './reading.ts'
import { readSignal } from './signal.ts'

type Throw = JobTask | SignalThrow | EscalationThrow | CompensationThrow
type Read<N> = (element: Moddle, definition: Moddle, parts: NodeParts, reading: Reading) => N

/** Events that throw the same way in the middle of a process and at its end. */
const throws: Readonly<Record<string, Read<Throw>>> = {
  // The engine sends nothing itself: a worker does, as for a service task.
  'bpmn:MessageEventDefinition': (element, _definition, parts, reading) => readJobTask(element, parts, reading),
  'bpmn:SignalEventDefinition': (element, definition, parts, reading) =>
    ({ ...parts, kind: 'signal-throw', signal: readSignal(element, definition, reading) }),
  'bpmn:EscalationEventDefinition': (element, definition, parts, reading) => {
    const code = checked(textOf(childOf(definition, 'escalationRef'), 'escalationCode'), 'an escalation code')
    return { ...parts, kind: 'escalation-throw', escalationCode: reading.source(element, code) }
  },
  'bpmn:CompensateEventDefinition': (_element, definition, parts) =>
    ({ ...parts, kind: 'compensation-throw', activityId: childOf(definition, 'activityRef')?.id }),
}

const inBetween: Readonly<Record<string, Read<Throw | NoneEvent>>> = {
  ...throws,
  // A flow leads on to its other half (see `flows.ts`), so that it only marks a place.
  'bpmn:LinkEventDefinition': (_element, _definition, parts) => ({ ...parts, kind: 'none-event' }),
}

const atTheEnd: Readonly<Record<string, Read<Throw | EndEvent>>> = {
  ...throws,
  'bpmn:TerminateEventDefinition': (_element, _definition, parts) => ({ ...parts, kind: 'end-event', ends: 'terminate' }),
  'bpmn:ErrorEventDefinition': (element, definition, parts, reading) => {
    const code = checked(textOf(childOf(definition, 'errorRef'), 'errorCode'), 'an error code')
    return { ...parts, kind: 'end-event', ends: { errorCode: reading.source(element, code) } }
  },
}

/** In the middle of a process: the token goes on. */
export function readThrowEvent(element: Moddle, parts: NodeParts, reading: Reading): Throw | NoneEvent | InexecutableThrow {
  if (isInexecutableThrow(element)) return readInexecutableThrow(element, parts)
  const [definition] = definitionsOf(element)
  if (!definition) return { ...parts, kind: 'none-event' }
  return checked(inBetween[definition.$type], 'an event that can be thrown in between')(element, definition, parts, reading)
}

/** At the end: the token ends there. */
export function readEndEvent(element: Moddle, parts: NodeParts, reading: Reading): Throw | EndEvent {
  const [definition] = definitionsOf(element)
  if (!definition) return { ...parts, kind: 'end-event' }
  return checked(atTheEnd[definition.$type], 'an event that can be thrown at the end')(element, definition, parts, reading)
}
