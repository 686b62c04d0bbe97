import { Failure } from '../behaviors/failure.ts'
import type { EventGateway } from '../model/executable.ts'
import type { ElementHandler } from './element.ts'
import { openWaiting, planWaiting } from './waiting.ts'

/** Waits for all events behind it at once; the first that happens is the way. */
export const eventGateway: ElementHandler<EventGateway> = {
  activate({ events }, step) {
    const plan = planWaiting(step.decision, step.element, events)
    if (plan instanceof Failure) return plan
    openWaiting(step.decision, step.instance, step.element, plan)
    return step.wait()
  },
}
