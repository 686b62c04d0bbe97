import { startsProcess } from '../drawing.ts'
import type { Message } from '../executable.ts'
import { childOf, extensionOf, textOf, type Moddle } from '../moddle.ts'
import { readEventName } from './eventName.ts'
import type { Reading } from './reading.ts'

/**
 * The message that an event's definition or a receive task refers to. Its key is an expression over the variables of who waits.
 * A process that begins by a message has none yet, so it begins by any key.
 */
export function readMessage(element: Moddle, referring: Moddle, reading: Reading): Message {
  const message = childOf(referring, 'messageRef')
  const name = readEventName(element, message, 'message', reading)
  if (startsProcess(element)) return { name }
  const key = textOf(extensionOf(message, 'zeebe:Subscription'), 'correlationKey')
  return { name, correlationKey: reading.expression(element, key, 'the correlation key of the message') }
}
