import { Failure } from '../behaviors/failure.ts'
import { openSubscription, planSubscription } from '../behaviors/messages.ts'
import type { MessageCatch } from '../model/executable.ts'
import type { ElementHandler } from './element.ts'

/** Waits for one message with its name and correlation key. A receive task is the same. */
export const messageCatch: ElementHandler<MessageCatch> = {
  activate({ id, message }, { decision, instance, element, scope }) {
    const planned = planSubscription(decision, id, message, scope)
    if (planned instanceof Failure) return planned
    openSubscription(decision, instance, element, planned)
    return { then: 'wait' }
  },
}
