import { around, definitionsOf, definitionTypes, kindOf } from '../drawing.ts'
import type { Refuse } from '../fault.ts'
import { childOf, listOf, type Moddle } from '../moddle.ts'
import { countOf, type Rule } from './rule.ts'

/** Where which events may stand, and how they are joined to the rest. */

const onTheWay = definitionTypes('Message', 'Timer', 'Signal', 'Link')
const atTheEnd = definitionTypes('Error', 'Message', 'Terminate', 'Signal', 'Escalation', 'Compensate')
const onTheBorder = definitionTypes('Timer', 'Message', 'Error', 'Signal', 'Escalation', 'Compensate')
const interruptingOnly = definitionTypes('Error', 'Compensate')

const isActivity = /(?:Task|SubProcess|CallActivity)$/
const isEscalating = /(?:SubProcess|CallActivity)$/

/** One start, one reason to begin. */
export const checkStartEvent: Rule = (event, refuse) => {
  if (definitionsOf(event).length > 1) refuse(event, 'Expected the start event to have at most one event definition, but it has more')
}

/** On the way a case waits for one thing, and once. */
export const checkCatchEvent: Rule = (event, refuse) => {
  const definitions = definitionsOf(event)
  if (definitions.length !== 1) return refuse(event, `Expected exactly one event definition, but found ${definitions.length}`)
  const kind = kindOf(event)!
  if (!onTheWay.has(kind)) return refuse(event, 'Expected the event to wait for a message, a timer, a signal or a link')
  if (kind === 'bpmn:TimerEventDefinition' && childOf(definitions[0], 'timeCycle')) {
    refuse(event, 'Expected the timer to be a duration or a date, but found a cycle')
  }
}

/** A message needs somebody to send it. */
export const checkThrowEvent: Rule = (event, refuse) => {
  if (definitionsOf(event).some(({ $type }) => $type === 'bpmn:MessageEventDefinition')) checkSending(event, refuse)
}

/** An end leads nowhere, and happens in one way. */
export const checkEndEvent: Rule = (event, refuse) => {
  if (listOf(event, 'outgoing').length > 0) refuse(event, 'Expected the end event to have no outgoing sequence flow')
  const definitions = definitionsOf(event)
  if (definitions.length > 1) return refuse(event, `Expected at most one event definition, but found ${definitions.length}`)
  const kind = kindOf(event)
  if (kind === undefined) return
  if (!atTheEnd.has(kind)) {
    return refuse(event, 'Expected an error, a message, a signal, an escalation, a compensation, a termination or nothing at the end')
  }
  if (kind === 'bpmn:MessageEventDefinition') checkSending(event, refuse)
}

// The engine sends nothing itself: a worker does, as for a service task.
function checkSending(event: Moddle, refuse: Refuse): void {
  if (countOf(event, 'zeebe:TaskDefinition') !== 1) {
    refuse(event, `Expected exactly one 'zeebe:taskDefinition', because a job worker sends the message`)
  }
}

/** An event on a border belongs to an activity, waits for one thing that may happen there, and leads on. */
export const checkBoundaryEvent: Rule = (event, refuse) => {
  const activity = childOf(event, 'attachedToRef')
  if (!activity) refuse(event, 'Expected the event to be attached to an activity, but it is attached to none')
  else if (!isActivity.test(activity.$type)) refuse(event, `Expected the event to be attached to an activity, but '${activity.id}' is none`)
  if (listOf(event, 'incoming').length > 0) refuse(event, 'Expected no sequence flow to lead to an event on a border')
  if (!leadsOn(event)) refuse(event, 'Expected a flow listed as <outgoing>, or an association, to lead on from the event')
  const definitions = definitionsOf(event)
  if (definitions.length !== 1) return refuse(event, `Expected exactly one event definition, but found ${definitions.length}`)
  const kind = kindOf(event)!
  if (!onTheBorder.has(kind)) {
    return refuse(event, 'Expected the event to wait for a timer, a message, an error, a signal, an escalation or a compensation')
  }
  checkInterruption(event, event.cancelActivity !== false, event, refuse)
  if (kind === 'bpmn:EscalationEventDefinition' && activity && !isEscalating.test(activity.$type)) {
    refuse(event, 'Expected an escalation to be caught at a sub-process or a call activity, because nothing else escalates')
  }
}

function leadsOn(event: Moddle): boolean {
  if (listOf(event, 'outgoing').length > 0) return true
  return listOf(around(event), 'artifacts').some((each) => each.$type === 'bpmn:Association' && childOf(each, 'sourceRef') === event)
}

/** `at` is where the fault is told: the event on the border, or the event sub-process that begins by it. */
export function checkInterruption(event: Moddle, interrupts: boolean, at: Moddle, refuse: Refuse): void {
  const [only] = definitionsOf(event)
  if (!only) return
  if (!interrupts && interruptingOnly.has(only.$type)) refuse(at, 'Expected an event of this kind to be interrupting')
  if (interrupts && childOf(only, 'timeCycle')) refuse(at, 'Expected an interrupting timer to be a duration or a date, not a cycle')
}
