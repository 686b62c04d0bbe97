import { borderOf, definitionsOf, definitionTypes, elementsIn, kindOf } from '../drawing.ts'
import type { Refuse } from '../fault.ts'
import { childOf, textOf, type Moddle } from '../moddle.ts'
import { repeats } from '../repeats.ts'
import { checkInterruption } from './events.ts'
import { eventsBehind } from './flows.ts'
import type { Rule } from './rule.ts'

/** Processes and sub-processes: how they begin, and that no two events in one place wait for the same. */

/** A process can begin, and nobody has to ask by which of its starts. */
export const checkProcess: Rule = (process, refuse) => {
  const starts = startsIn(process)
  if (starts.length === 0) refuse(process, 'Expected the process to have a start event, but it has none')
  if (starts.filter((each) => !kindOf(each)).length > 1) refuse(process, 'Expected at most one start event of no kind, but found more')
  const messages = starts.flatMap((each) => definitionsOf(each)).flatMap((each) => childOf(each, 'messageRef') ?? [])
  for (const message of new Set(messages.filter((each, index) => messages.indexOf(each) !== index))) {
    refuse(message, 'Expected one start event at most to wait for the message, but there are more')
  }
  const signals = starts.flatMap((each) => awaitedBy(each)).filter((each) => each.startsWith('signal'))
  refuseRepeats(process, signals, refuse)
}

const beginsAside = definitionTypes('Message', 'Timer', 'Error', 'Signal', 'Escalation')

/** A sub-process begins in one way: an event sub-process by its event, any other by the flow that leads to it. */
export const checkSubProcess: Rule = (subProcess, refuse) => {
  const starts = startsIn(subProcess)
  if (starts.length !== 1) return refuse(subProcess, `Expected exactly one start event, but found ${starts.length}`)
  const start = starts[0]!
  if (subProcess.triggeredByEvent !== true) {
    if (kindOf(start)) refuse(subProcess, 'Expected the start event of a sub-process to be of no kind, because a flow leads to it')
    return
  }
  if (!beginsAside.has(kindOf(start) ?? '')) {
    refuse(subProcess, 'Expected an event sub-process to begin by a message, a timer, an error, a signal or an escalation')
  }
  checkInterruption(start, start.isInterrupting !== false, subProcess, refuse)
}

/** No two event sub-processes of a scope begin by the same. */
export const checkEventSubProcesses: Rule = (scope, refuse) => {
  const aside = elementsIn(scope).filter((each) => each.$type === 'bpmn:SubProcess' && each.triggeredByEvent === true)
  refuseRepeats(scope, aside.flatMap((each) => startsIn(each)).flatMap((each) => awaitedBy(each)), refuse)
}

/** No two events on the border of an activity wait for the same, and a receive task not for what its border waits for. */
export const checkBorder: Rule = (activity, refuse) => {
  const border = borderOf(activity)
  const awaited = border.flatMap((each) => awaitedBy(each))
  refuseRepeats(activity, awaited, refuse)
  const own = textOf(childOf(activity, 'messageRef'), 'name')
  if (activity.$type === 'bpmn:ReceiveTask' && own && awaited.includes(`message '${own}'`)) {
    refuse(activity, `Expected no event on the border to wait for the message '${own}', because the task itself does`)
  }
  if (activity.isForCompensation === true && border.length > 0) refuse(activity, 'Expected no event on a compensation handler')
}

/** No two events behind an event-based gateway wait for the same. */
export const checkEventsBehind: Rule = (gateway, refuse) => {
  refuseRepeats(gateway, eventsBehind(gateway).flatMap((each) => awaitedBy(each)), refuse)
}

/** A link leads to one place of its name, which is told apart from all others in the scope and in the scopes inside. */
export const checkLinks: Rule = (scope, refuse) => {
  const places = linksIn(scope, 'bpmn:IntermediateCatchEvent')
  for (const name of repeats(places)) refuse(scope, `Expected one place at most that links named '${name}' lead to, but found more`)
  for (const name of new Set(linksIn(scope, 'bpmn:IntermediateThrowEvent'))) {
    if (!places.includes(name)) refuse(scope, `Expected a place that the link named '${name}' leads to, but found none`)
  }
}

function startsIn(scope: Moddle): Moddle[] {
  return elementsIn(scope).filter((each) => each.$type === 'bpmn:StartEvent')
}

function linksIn(scope: Moddle, type: string): string[] {
  return elementsIn(scope).flatMap((each) => {
    if (each.$type === 'bpmn:SubProcess') return linksIn(each, type)
    const link = each.$type === type ? definitionsOf(each).find(({ $type }) => $type === 'bpmn:LinkEventDefinition') : undefined
    return textOf(link, 'name') ?? []
  })
}

type Awaited = (definition: Moddle) => string | undefined

/** What an event waits for, in words; timers may be many. Everything of a kind is caught where nothing is referred to. */
const awaitedIn: Record<string, Awaited> = {
  'bpmn:MessageEventDefinition': (definition) => named('message', textOf(childOf(definition, 'messageRef'), 'name')),
  'bpmn:SignalEventDefinition': (definition) => named('signal', textOf(childOf(definition, 'signalRef'), 'name')),
  'bpmn:ErrorEventDefinition': (definition) => caught('error', childOf(definition, 'errorRef'), 'errorCode'),
  'bpmn:EscalationEventDefinition': (definition) => caught('escalation', childOf(definition, 'escalationRef'), 'escalationCode'),
}

function awaitedBy(event: Moddle): string[] {
  return definitionsOf(event).flatMap((each) => awaitedIn[each.$type]?.(each) ?? [])
}

function named(kind: string, name: string | undefined): string | undefined {
  return name ? `${kind} '${name}'` : undefined
}

function caught(kind: string, thrown: Moddle | undefined, attribute: string): string | undefined {
  return thrown ? named(kind, textOf(thrown, attribute)) : `${kind} of any code`
}

function refuseRepeats(at: Moddle, awaited: readonly string[], refuse: Refuse): void {
  for (const repeated of repeats(awaited)) refuse(at, `Expected one event at most here to wait for the ${repeated}, but there are more`)
}
