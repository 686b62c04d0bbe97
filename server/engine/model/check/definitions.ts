import { around, borderOf, definitionsOf, startsProcess } from '../drawing.ts'
import type { Refuse } from '../fault.ts'
import { childOf, extensionsOf, textOf, type Moddle } from '../moddle.ts'
import { countOf, type Rule } from './rule.ts'

/** What an event refers to or waits for: rules of its definition. */

const catching = new Set(['bpmn:StartEvent', 'bpmn:IntermediateCatchEvent', 'bpmn:BoundaryEvent'])

/** There is a message to wait for, and it can be told from others. */
export const checkMessage: Rule = (definition, refuse) => {
  const event = around(definition)
  const message = childOf(definition, 'messageRef')
  if (message) return checkMessageOf(event, message, refuse)
  // A message that a job worker sends is the worker's business.
  if (catching.has(event.$type)) refuse(definition, 'Expected the event to refer to a message, but it refers to none')
}

/** As an event that waits for a message. */
export const checkReceiveTask: Rule = (task, refuse) => {
  const message = childOf(task, 'messageRef')
  if (!message) return refuse(task, 'Expected the receive task to refer to a message, but it refers to none')
  checkMessageOf(task, message, refuse)
}

/** The message is named as the element at fault, because it is there that it is mended. */
function checkMessageOf(user: Moddle, message: Moddle, refuse: Refuse): void {
  if (!textOf(message, 'name')) refuse(message, `Expected the message to have a name, because '${user.id}' refers to it`)
  const waits = catching.has(user.$type) || user.$type === 'bpmn:ReceiveTask'
  // A process that begins by a message begins by any of that name.
  if (!waits || startsProcess(user)) return
  if (countOf(message, 'zeebe:Subscription') !== 1) {
    refuse(message, `Expected the message to have exactly one 'zeebe:subscription', because '${user.id}' waits for it`)
  }
  for (const subscription of extensionsOf(message, 'zeebe:Subscription')) {
    if (!textOf(subscription, 'correlationKey')) refuse(subscription, `Expected a 'correlationKey', but it is missing`)
  }
}

/** There is a signal, and it has a name. */
export const checkSignal: Rule = (definition, refuse) => {
  const signal = childOf(definition, 'signalRef')
  if (!signal) return refuse(definition, 'Expected the event to refer to a signal, but it refers to none')
  if (!textOf(signal, 'name')) refuse(signal, `Expected the signal to have a name, because '${around(definition).id}' refers to it`)
}

/** Who throws names one error; who catches names one in plain text, or catches all. */
export const checkError: Rule = (definition, refuse) => {
  const event = around(definition)
  const error = childOf(definition, 'errorRef')
  const code = textOf(error, 'errorCode')
  if (catching.has(event.$type)) {
    if (code?.startsWith('=')) refuse(definition, `Expected plain text as the error code to catch, but found the expression '${code}'`)
    return
  }
  if (event.$type !== 'bpmn:EndEvent') return
  if (!error) return refuse(definition, 'Expected the event to refer to an error, but it refers to none')
  if (!code) refuse(definition, `Expected the error '${error.id}' to have an error code, but it has none`)
}

/** As for errors. */
export const checkEscalation: Rule = (definition, refuse) => {
  const event = around(definition)
  const escalation = childOf(definition, 'escalationRef')
  const code = textOf(escalation, 'escalationCode')
  if (catching.has(event.$type)) {
    if (code?.startsWith('=')) {
      refuse(definition, `Expected plain text as the escalation code to catch, but found the expression '${code}'`)
    }
    return
  }
  if (!escalation) return refuse(definition, 'Expected the event to refer to an escalation, but it refers to none')
  if (!code) refuse(escalation, `Expected the escalation to have an escalation code, because '${event.id}' throws it`)
}

const times = ['timeDate', 'timeDuration', 'timeCycle']

/** One time, of one kind. */
export const checkTimer: Rule = (definition, refuse) => {
  const given = times.filter((time) => childOf(definition, time))
  if (given.length !== 1) refuse(definition, `Expected exactly one of ${times.join(', ')}, but found ${given.length}`)
}

/** Both ends of a link find each other by its name. */
export const checkLink: Rule = (definition, refuse) => {
  if (!textOf(definition, 'name')) refuse(definition, 'Expected the link to have a name, but it has none')
}

/** What is compensated by name can be compensated, and the event waits for it. */
export const checkCompensation: Rule = (definition, refuse) => {
  const event = around(definition)
  if (event.$type !== 'bpmn:EndEvent' && event.$type !== 'bpmn:IntermediateThrowEvent') return
  if (definition.waitForCompletion === false) refuse(event, 'Expected waitForCompletion to be true or missing, but it is false')
  const activity = childOf(definition, 'activityRef')
  if (!activity) return
  if (!isCompensable(activity)) {
    refuse(definition, `Expected '${activity.id}', which is compensated, to have a compensation event on its border or to be a sub-process`)
  }
  if (!scopesOf(event).includes(around(activity))) {
    refuse(definition, `Expected '${activity.id}' to be in the scope of the event that compensates it, but it is in another`)
  }
}

function isCompensable(activity: Moddle): boolean {
  if (activity.$type === 'bpmn:SubProcess') return true
  return borderOf(activity).some((each) => definitionsOf(each).some(({ $type }) => $type === 'bpmn:CompensateEventDefinition'))
}

// An event sub-process takes back what was done around it.
function scopesOf(event: Moddle): Moddle[] {
  const scope = around(event)
  return scope.triggeredByEvent === true ? [scope, around(scope)] : [scope]
}

/** Nothing executes conditional and cancel events, nor those of no certain kind. */
export const refuseDefinition: Rule = (definition, refuse) => refuse(definition, 'Events of this kind are not executable')
