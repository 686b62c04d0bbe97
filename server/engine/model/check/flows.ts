import { definitionTypes, kindOf } from '../drawing.ts'
import { childOf, listOf, type Moddle } from '../moddle.ts'
import type { Rule } from './rule.ts'

/** Sequence flows and the gateways they meet at. */

/** Conditions stand where they are decided upon. */
export const checkConditions: Rule = (node, refuse) => {
  for (const flow of listOf(node, 'outgoing')) {
    if (childOf(flow, 'conditionExpression')) {
      refuse(node, `Expected conditions behind exclusive and inclusive gateways only, but '${flow.id}' has one`)
    }
  }
}

/** Of several ways, each needs a reason: a condition, or being the default. */
export const checkBranches: Rule = (gateway, refuse) => {
  const outgoing = listOf(gateway, 'outgoing')
  const defaultFlow = childOf(gateway, 'default')
  if (defaultFlow && childOf(defaultFlow, 'sourceRef') !== gateway) {
    refuse(gateway, `Expected the default flow to start at the gateway, but '${defaultFlow.id}' does not`)
  }
  if (outgoing.length < 2) return
  for (const flow of outgoing) {
    if (flow !== defaultFlow && !childOf(flow, 'conditionExpression')) {
      refuse(flow, `Expected the flow to have a condition or to be the default of '${gateway.id}'`)
    }
  }
}

/** Zeebe 8.5 forks here, and joins from 8.6 on. */
export const checkInclusiveGateway: Rule = (gateway, refuse) => {
  if (listOf(gateway, 'incoming').length > 1) refuse(gateway, 'Expected one incoming sequence flow, because inclusive gateways do not join')
}

const awaited = definitionTypes('Message', 'Timer', 'Signal')

/** The first of several events decides, so there are several, and nothing else leads to them. */
export const checkEventGateway: Rule = (gateway, refuse) => {
  const outgoing = listOf(gateway, 'outgoing')
  if (outgoing.length < 2) refuse(gateway, `Expected at least two flows listed as <outgoing>, but found ${outgoing.length}`)
  for (const event of eventsBehind(gateway)) {
    if (event.$type !== 'bpmn:IntermediateCatchEvent' || !awaited.has(kindOf(event) ?? '')) {
      refuse(gateway, `Expected events behind the gateway that wait for a message, a timer or a signal, but found '${event.id}'`)
    } else if (listOf(event, 'incoming').some((flow) => childOf(flow, 'sourceRef') !== gateway)) {
      refuse(gateway, `Expected '${event.id}' to be reached from the gateway only, but another flow leads to it`)
    }
  }
}

/** The catching events that wait behind an event-based gateway. */
export function eventsBehind(gateway: Moddle): Moddle[] {
  return listOf(gateway, 'outgoing').flatMap((flow) => childOf(flow, 'targetRef') ?? [])
}
