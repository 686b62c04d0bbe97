import type { Signal } from '../executable.ts'
import { childOf, type Moddle } from '../moddle.ts'
import { readEventName } from './eventName.ts'
import type { Reading } from './reading.ts'

/** The signal that an event's definition refers to. */
export function readSignal(element: Moddle, definition: Moddle, reading: Reading): Signal {
  return { name: readEventName(element, childOf(definition, 'signalRef'), 'signal', reading) }
}
