import type { Decision } from '../behaviors/decision.ts'
import { scopeOf } from '../behaviors/expressions.ts'
import { Failure } from '../behaviors/failure.ts'
import { openSubscription, planSubscription } from '../behaviors/messages.ts'
import { planTimer } from '../behaviors/timers.ts'
import type { BoundaryEvent } from '../model/executable.ts'
import type { ElementInstance, Instance, WaitingMessage, WaitingTimer } from '../state/instance.ts'

/** What the events on an activity's border wait for. */
export interface BoundaryPlan {
  timers: WaitingTimer[]
  messages: WaitingMessage[]
}

/** Evaluates all of it first, so that a fault in the second leaves nothing of the first behind. */
export function planBoundary(decision: Decision, element: ElementInstance): BoundaryPlan | Failure {
  const plan: BoundaryPlan = { timers: [], messages: [] }
  const scope = scopeOf(element, decision.nowMs)
  for (const { id, timer, message } of element.node.boundary) {
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
  }
  return plan
}

export function openBoundary(decision: Decision, instance: Instance, element: ElementInstance, { timers, messages }: BoundaryPlan): void {
  for (const timer of timers) decision.record({ type: 'timer-created', instance, element, timer })
  for (const waiting of messages) openSubscription(decision, instance, element, waiting)
}

/** The event on the border that catches this error: one that names the code before one that catches all. */
export function errorEventOf(element: ElementInstance, errorCode: string): BoundaryEvent | undefined {
  const events = element.node.boundary.filter((each) => each.error)
  return events.find((each) => each.error!.errorCode === errorCode) ?? events.find((each) => each.error!.errorCode === undefined)
}
