import type { Caught, Trigger } from '../executable.ts'
import { childOf, textOf, type Moddle } from '../moddle.ts'
import { checked } from './checked.ts'
import { readMessage } from './message.ts'
import type { Reading } from './reading.ts'
import { readSignal } from './signal.ts'
import { readTimer } from './timer.ts'

/** What an event waits for that begins when it happens: on a border, or at the start of a process or event sub-process. */
export function readTrigger(element: Moddle, definition: Moddle, reading: Reading): Trigger {
  return checked(triggers[definition.$type], 'an event that can begin here')(element, definition, reading)
}

const triggers: Readonly<Record<string, (element: Moddle, definition: Moddle, reading: Reading) => Trigger>> = {
  'bpmn:TimerEventDefinition': (element, definition, reading) => ({ timer: readTimer(element, definition, reading) }),
  'bpmn:MessageEventDefinition': (element, definition, reading) => ({ message: readMessage(element, definition, reading) }),
  'bpmn:SignalEventDefinition': (element, definition, reading) => ({ signal: readSignal(element, definition, reading) }),
  'bpmn:ErrorEventDefinition': (_element, definition) => ({ error: caught(textOf(childOf(definition, 'errorRef'), 'errorCode')) }),
  'bpmn:EscalationEventDefinition': (_element, definition) =>
    ({ escalation: caught(textOf(childOf(definition, 'escalationRef'), 'escalationCode')) }),
  // It waits for nothing: what undoes its activity begins when the compensation is thrown.
  'bpmn:CompensateEventDefinition': () => ({}),
}

/** Without a code the event catches all. */
function caught(code: string | undefined): Caught {
  return code ? { code } : {}
}
