import {
  cancel, compensation, conditional, cycleTimer, diagram, end, error, escalation, link, message, path, signal, start, terminate, timer, work, type Situation,
} from '../draw.ts'

const begins = (definition: string, id = 'start'): string => `<startEvent id="${id}">${definition}</startEvent>`
const dated = '<timerEventDefinition><timeDate>2027-01-04T08:00:00+01:00</timeDate></timerEventDefinition>'
const onDate = begins(dated)

/** How a process may begin. */
export const startSituations: Situation[] = [
  { name: 'a process that begins by a message', xml: diagram(begins(message)) },
  { name: 'a process that begins by a signal', xml: diagram(begins(signal)) },
  { name: 'a process that begins on a date', xml: diagram(onDate) },
  { name: 'a process that begins again and again', xml: diagram(begins(cycleTimer)) },
  { name: 'a process that begins after a duration', xml: diagram(begins(timer)) },
  { name: 'a process that begins by an error', xml: diagram(begins(error)) },
  { name: 'a process that begins by an escalation', xml: diagram(begins(escalation)) },
  { name: 'a process that begins by a compensation', xml: diagram(begins(compensation)) },
  { name: 'a process that begins by a condition', xml: diagram(begins(conditional)) },
  { name: 'a process that begins by a link', xml: diagram(begins(link)) },
  { name: 'a process that begins by a cancellation', xml: diagram(begins(cancel)) },
  { name: 'a process that begins by a termination', xml: diagram(begins(terminate)) },
  { name: 'a start event with two definitions', xml: diagram(begins(message + signal)) },
  { name: 'a start event that waits for all of two messages', xml: diagram(`<startEvent id="start" parallelMultiple="true">${message}<messageEventDefinition messageRef="other-message"/></startEvent>`) },
  { name: 'no start event, only a task', xml: diagram(work('it')) },
  { name: 'two start events of no kind', xml: diagram(`${start}<startEvent id="also"/>`) },
  { name: 'a start of no kind and one by a message', xml: diagram(start + begins(message, 'also')) },
  { name: 'a start of no kind and one on a date', xml: diagram(start + begins(dated, 'also')) },
  { name: 'a start of no kind and one by a signal', xml: diagram(start + begins(signal, 'also')) },
  { name: 'two starts on dates', xml: diagram(onDate + begins(cycleTimer, 'also')) },
  { name: 'two starts by different messages', xml: diagram(begins(message) + begins('<messageEventDefinition messageRef="other-message"/>', 'also')) },
  { name: 'two starts by the same message', xml: diagram(begins(message) + begins(message, 'also')) },
  { name: 'two starts by the same signal', xml: diagram(begins(signal) + begins(signal, 'also')) },
  { name: 'two starts by different signals', xml: diagram(begins(signal) + begins('<signalEventDefinition signalRef="other-signal"/>', 'also')) },
  { name: 'a flow back to the start event', xml: diagram(`${start}${work('it')}${path('start', 'it', 'start')}`) },
  { name: 'a start event with two ways on', xml: diagram(`${start}${end}${work('it')}${path('start', 'end')}${path('start', 'it')}`) },
  { name: 'a message start whose message has no correlation key', xml: diagram(begins('<messageEventDefinition messageRef="bare"/>'), '<message id="bare" name="filed"/>') },
  { name: 'a message start whose message has no name', xml: diagram(begins('<messageEventDefinition messageRef="nameless"/>'), '<message id="nameless"/>') },
  { name: 'a message start without a message', xml: diagram(begins('<messageEventDefinition/>')) },
  { name: 'a message start with a message that does not exist', xml: diagram(begins('<messageEventDefinition messageRef="nowhere"/>')) },
  { name: 'a signal start without a signal', xml: diagram(begins('<signalEventDefinition/>')) },
  { name: 'a signal start whose signal has no name', xml: diagram(begins('<signalEventDefinition signalRef="nameless"/>'), '<signal id="nameless"/>') },
  { name: 'a signal start with a signal that does not exist', xml: diagram(begins('<signalEventDefinition signalRef="nowhere"/>')) },
  { name: 'a start on a date and again and again at once', xml: diagram(begins('<timerEventDefinition><timeDate>2027-01-04T08:00:00Z</timeDate><timeCycle>R3/PT1H</timeCycle></timerEventDefinition>')) },
  { name: 'a timer start without a time', xml: diagram(begins('<timerEventDefinition/>')) },
]
