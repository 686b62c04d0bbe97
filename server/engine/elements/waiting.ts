import type { Decision } from '../behaviors/decision.ts'
import { scopeOf, type VariableScope } from '../behaviors/expressions.ts'
import { Failure } from '../behaviors/failure.ts'
import { openSubscription, planSubscription } from '../behaviors/messages.ts'
import { planSignal } from '../behaviors/signals.ts'
import { planTimer } from '../behaviors/timers.ts'
import type { FlowNode, Trigger } from '../model/executable.ts'
import type { ElementInstance, Instance, WaitingMessage, WaitingSignal, WaitingTimer } from '../state/instance.ts'

/** What the events around an element wait for. */
export interface WaitingPlan {
  timers: WaitingTimer[]
  messages: WaitingMessage[]
  signals: WaitingSignal[]
}

/** Evaluates all of it first, so that a fault in the second leaves nothing of the first behind. */
export function planWaiting(
  decision: Decision, element: VariableScope & { readonly node: FlowNode },
  events: readonly (FlowNode & Trigger)[] = eventsAround(element.node),
): WaitingPlan | Failure {
  const plan: WaitingPlan = { timers: [], messages: [], signals: [] }
  const scope = scopeOf(element, decision.nowMs)
  for (const { id, timer, message, signal } of events) {
    if (timer) {
      const planned = planTimer(decision, id, timer, scope)
      if (planned instanceof Failure) return planned
      plan.timers.push(planned)
    }
    if (message) {
      const planned = planSubscription(decision, id, message, scope)
      if (planned instanceof Failure) return planned
      plan.messages.push(planned)
    }
    if (signal) {
      const planned = planSignal(decision, id, signal, scope)
      if (planned instanceof Failure) return planned
      plan.signals.push(planned)
    }
  }
  return plan
}

export function openWaiting(
  decision: Decision, instance: Instance, element: ElementInstance, { timers, messages, signals }: WaitingPlan,
): void {
  for (const timer of timers) decision.record({ type: 'timer-created', instance, element, timer })
  for (const waiting of messages) openSubscription(decision, instance, element, waiting)
  for (const waiting of signals) decision.record({ type: 'signal-subscription-opened', instance, element, waiting })
}

/** Ends the waiting of the event sub-processes in a scope that one of them takes over. Events on its border go on waiting. */
export function closeEventStarts(decision: Decision, instance: Instance, element: ElementInstance): void {
  const { node } = element
  if ('eventStarts' in node) closeWaiting(decision, instance, element, node.eventStarts)
}

/** Ends the waiting of the events on an element's border. */
export function closeBoundary(decision: Decision, instance: Instance, element: ElementInstance): void {
  closeWaiting(decision, instance, element, element.node.boundary)
}

function closeWaiting(decision: Decision, instance: Instance, element: ElementInstance, events: readonly FlowNode[]): void {
  const isOfThem = ({ nodeId }: { readonly nodeId: string }): boolean => events.some((each) => each.id === nodeId)
  for (const timer of element.timers.filter(isOfThem)) decision.record({ type: 'timer-canceled', instance, element, timer })
  for (const waiting of element.messages.filter(isOfThem)) {
    decision.record({ type: 'subscription-closed', instance, element, waiting })
  }
  for (const waiting of element.signals.filter(isOfThem)) {
    decision.record({ type: 'signal-subscription-closed', instance, element, waiting })
  }
}

function eventsAround(node: FlowNode): readonly (FlowNode & Trigger)[] {
  return 'eventStarts' in node ? [...node.boundary, ...node.eventStarts] : node.boundary
}
