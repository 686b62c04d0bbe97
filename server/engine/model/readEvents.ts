import { isCycle } from './cycle.ts'
import { isDuration, isMoment } from './isoTime.ts'
import type {
  BoundaryEvent, Caught, CompensationThrow, EndEvent, EscalationThrow, FlowNode, JobTask, Message, MessageCatch, NoneEvent, Signal,
  SignalCatch, SignalThrow, StartEvent, Timer, TimerCatch, TimerKind, Trigger,
} from './executable.ts'
import { childOf, extensionOf, listOf, textOf, type Moddle } from './moddle.ts'
import { isCompensation, readCompensationThrow } from './readCompensation.ts'
import { readJobTask } from './readJobTask.ts'
import { bodyOf, type NodeParts, type Reading } from './reading.ts'

export function readStartEvent(element: Moddle, parts: NodeParts, reading: Reading): StartEvent {
  const definition = onlyDefinition(element, reading)
  const interrupts = element.isInterrupting !== false
  const event: StartEvent = { ...parts, kind: 'start-event', interrupts }
  const container = childOf(element, '$parent')
  if (container?.triggeredByEvent === true) return readTrigger(element, definition, event, interrupts, reading)
  if (!definition) return event
  const read = starts[definition.$type]
  return read ? { ...event, ...read(element, definition, reading) } : unsupported(element, definition, reading, event)
}

/** What starts a process. */
const starts: Record<string, (element: Moddle, definition: Moddle, reading: Reading) => Trigger> = {
  'bpmn:MessageEventDefinition': (element, definition, reading) =>
    ({ message: readMessage(element, childOf(definition, 'messageRef'), reading, { needsKey: false }) }),
  'bpmn:TimerEventDefinition': (element, definition, reading) => ({ timer: readTimer(element, definition, reading, ['date', 'duration', 'cycle']) }),
  'bpmn:SignalEventDefinition': (element, definition, reading) => ({ signal: readSignal(element, definition, reading) }),
}

type Throw = JobTask | SignalThrow | EscalationThrow | CompensationThrow

export function readEndEvent(element: Moddle, parts: NodeParts, reading: Reading): EndEvent | Throw {
  const definition = onlyDefinition(element, reading)
  const end: EndEvent = { ...parts, kind: 'end-event' }
  if (parts.outgoing.length > 0) reading.refuse(element, 'End events must not have outgoing sequence flows')
  if (!definition) return end
  const readThrow = throws[definition.$type]
  if (readThrow) return readThrow(element, definition, parts, reading)
  if (definition.$type === 'bpmn:TerminateEventDefinition') return { ...end, ends: 'terminate' }
  if (definition.$type === 'bpmn:ErrorEventDefinition') {
    const errorCode = textOf(childOf(definition, 'errorRef'), 'errorCode')
    if (!errorCode) reading.refuse(element, 'Must reference an error with an error code')
    return { ...end, ends: { errorCode: reading.source(element, errorCode ?? '') } }
  }
  return unsupported(element, definition, reading, end)
}

export function readThrowEvent(element: Moddle, parts: NodeParts, reading: Reading): NoneEvent | Throw {
  const definition = onlyDefinition(element, reading)
  const event: NoneEvent = { ...parts, kind: 'none-event' }
  if (!definition || isLink(element, definition, reading)) return event
  const readThrow = throws[definition.$type]
  return readThrow ? readThrow(element, definition, parts, reading) : unsupported(element, definition, reading, event)
}

/** Events that throw the same way in the middle of a process and at its end. */
const throws: Record<string, (element: Moddle, definition: Moddle, parts: NodeParts, reading: Reading) => Throw> = {
  'bpmn:MessageEventDefinition': readMessageThrow,
  'bpmn:SignalEventDefinition': readSignalThrow,
  'bpmn:EscalationEventDefinition': readEscalationThrow,
  'bpmn:CompensateEventDefinition': readCompensationThrow,
}

// The engine sends nothing itself: a worker does, as for a service task.
function readMessageThrow(element: Moddle, _definition: Moddle, parts: NodeParts, reading: Reading): JobTask {
  return readJobTask(element, parts, reading)
}

function readSignalThrow(element: Moddle, definition: Moddle, parts: NodeParts, reading: Reading): SignalThrow {
  return { ...parts, kind: 'signal-throw', signal: readSignal(element, definition, reading) }
}

function readEscalationThrow(element: Moddle, definition: Moddle, parts: NodeParts, reading: Reading): EscalationThrow {
  const escalationCode = textOf(childOf(definition, 'escalationRef'), 'escalationCode')
  if (!escalationCode) reading.refuse(element, 'Must reference an escalation with an escalation code')
  return { ...parts, kind: 'escalation-throw', escalationCode: reading.source(element, escalationCode ?? '') }
}

// readBpmn joins a link's two halves by a flow, after which they are events that only mark a place.
function isLink(element: Moddle, definition: Moddle, reading: Reading): boolean {
  if (definition.$type !== 'bpmn:LinkEventDefinition') return false
  if (!textOf(definition, 'name')) reading.refuse(element, 'Link name must be present and not empty')
  return true
}

export function readCatchEvent(
  element: Moddle, parts: NodeParts, reading: Reading,
): TimerCatch | MessageCatch | SignalCatch | NoneEvent {
  const definition = onlyDefinition(element, reading)
  if (definition?.$type === 'bpmn:TimerEventDefinition') {
    return { ...parts, kind: 'timer-catch', timer: readTimer(element, definition, reading, ['date', 'duration']) }
  }
  if (definition?.$type === 'bpmn:MessageEventDefinition') {
    const message = readMessage(element, childOf(definition, 'messageRef'), reading, { needsKey: true })
    return { ...parts, kind: 'message-catch', message }
  }
  if (definition?.$type === 'bpmn:SignalEventDefinition') {
    return { ...parts, kind: 'signal-catch', signal: readSignal(element, definition, reading) }
  }
  const event: NoneEvent = { ...parts, kind: 'none-event' }
  if (definition) return isLink(element, definition, reading) ? event : unsupported(element, definition, reading, event)
  reading.refuse(element, 'Must have exactly one event definition')
  return event
}

export function readBoundaryEvent(element: Moddle, parts: NodeParts, reading: Reading): BoundaryEvent {
  const definition = onlyDefinition(element, reading)
  const interrupts = element.cancelActivity !== false
  const event: BoundaryEvent = { ...parts, kind: 'boundary-event', attachedTo: childOf(element, 'attachedToRef')?.id ?? '', interrupts }
  if (!event.attachedTo) reading.refuse(element, 'Must be attached to an activity')
  if (parts.incoming.length > 0) reading.refuse(element, 'Boundary events must not have incoming sequence flows')
  if (isCompensation(definition)) return event
  return readTrigger(element, definition, event, interrupts, reading)
}

/** What an event on a border or at the start of an event sub-process waits for. */
function readTrigger<T extends BoundaryEvent | StartEvent>(
  element: Moddle, definition: Moddle | undefined, event: T, interrupts: boolean, reading: Reading,
): T {
  if (!definition) {
    reading.refuse(element, 'Must have exactly one event definition')
    return event
  }
  const read = triggers[definition.$type]
  return read ? { ...event, ...read(element, definition, interrupts, reading) } : unsupported(element, definition, reading, event)
}

const triggers: Record<string, (element: Moddle, definition: Moddle, interrupts: boolean, reading: Reading) => Trigger> = {
  'bpmn:TimerEventDefinition': (element, definition, interrupts, reading) =>
    ({ timer: readTimer(element, definition, reading, interrupts ? ['date', 'duration'] : ['date', 'duration', 'cycle']) }),
  'bpmn:MessageEventDefinition': (element, definition, _interrupts, reading) =>
    ({ message: readMessage(element, childOf(definition, 'messageRef'), reading, { needsKey: true }) }),
  'bpmn:SignalEventDefinition': (element, definition, _interrupts, reading) => ({ signal: readSignal(element, definition, reading) }),
  'bpmn:ErrorEventDefinition': (element, definition, interrupts, reading) =>
    ({ error: readError(element, definition, interrupts, reading) }),
  'bpmn:EscalationEventDefinition': (element, definition) =>
    ({ escalation: readCaught(childOf(definition, 'escalationRef'), 'escalation') }),
}

/** The message an event or receive task waits for. Its key is an expression over the waiting instance's variables. */
export function readMessage(element: Moddle, message: Moddle | undefined, reading: Reading, { needsKey }: { needsKey: boolean }): Message {
  const name = textOf(message, 'name')
  if (!message) reading.refuse(element, 'Must reference a message')
  else if (!name) reading.refuse(element, `Expected the message '${message.id ?? ''}' to have a name`)
  if (name && /[\u0000-\u001f]/.test(name)) reading.refuse(element, 'Expected the name of the message to have no control characters')
  const source = reading.source(element, name ?? '')
  if (!needsKey) return { name: source }
  const key = textOf(extensionOf(message, 'zeebe:Subscription'), 'correlationKey')
  return { name: source, correlationKey: reading.expression(element, key, 'the correlation key of the message') }
}

/** The signal an event throws or waits for. Its name may be an expression. */
function readSignal(element: Moddle, definition: Moddle, reading: Reading): Signal {
  const signal = childOf(definition, 'signalRef')
  const name = textOf(signal, 'name')
  if (!signal) reading.refuse(element, 'Must reference a signal')
  else if (!name) reading.refuse(element, `Expected the signal '${signal.id ?? ''}' to have a name`)
  if (name && /[\u0000-\u001f]/.test(name)) reading.refuse(element, 'Expected the name of the signal to have no control characters')
  return { name: reading.source(element, name ?? '') }
}

function readError(element: Moddle, definition: Moddle, interrupts: boolean, reading: Reading): Caught {
  if (!interrupts) reading.refuse(element, 'An event that catches errors must be interrupting')
  return readCaught(childOf(definition, 'errorRef'), 'error')
}

/** Without a reference to one error or escalation, or without a code, the event catches all. */
function readCaught(caught: Moddle | undefined, kind: 'error' | 'escalation'): Caught {
  if (!caught) return {}
  const code = textOf(caught, `${kind}Code`)
  return { code: code || undefined }
}

const timerProperties: Record<TimerKind, string> = { date: 'timeDate', duration: 'timeDuration', cycle: 'timeCycle' }
const isValid: Record<TimerKind, (text: string) => boolean> = { date: isMoment, duration: isDuration, cycle: isCycle }

function readTimer(element: Moddle, definition: Moddle, reading: Reading, allowed: TimerKind[]): Timer {
  const found = (Object.keys(timerProperties) as TimerKind[]).flatMap((kind) => {
    const text = bodyOf(definition, timerProperties[kind])
    return text ? [{ kind, text }] : []
  })
  const timer = found[0]
  if (!timer || found.length > 1 || !allowed.includes(timer.kind)) {
    reading.refuse(element,
      `Must have exactly one timer definition, which is one of ${allowed.map((kind) => timerProperties[kind]).join(', ')}`)
    return { kind: 'duration', source: { text: 'PT0S' } }
  }
  const source = reading.source(element, timer.text)
  if (!source.feel && !isValid[timer.kind](timer.text)) reading.refuse(element, `Invalid timer ${timer.kind} '${timer.text}'`)
  return { kind: timer.kind, source }
}

function onlyDefinition(element: Moddle, reading: Reading): Moddle | undefined {
  const definitions = listOf(element, 'eventDefinitions')
  if (definitions.length > 1) reading.refuse(element, 'Must have exactly one event definition')
  return definitions[0]
}

function unsupported<T extends FlowNode>(element: Moddle, definition: Moddle, reading: Reading, fallback: T): T {
  reading.refuse(element, `Events with ${definition.$type.replace('bpmn:', '')} are not executable yet at this place`)
  return fallback
}
