import type { FeelScope } from '../../rules/feel/index.ts'
import type { Message } from '../model/executable.ts'
import type { ElementInstance, Instance, WaitingMessage } from '../state/instance.ts'
import type { Decision } from './decision.ts'
import { correlationKeyOf, textOf } from './expressions.ts'
import { Failure } from './failure.ts'

/** What an element is going to wait for. Name and key are taken now; later changes of variables mean nothing to it. */
export function planSubscription(decision: Decision, nodeId: string, message: Message, scope: FeelScope): WaitingMessage | Failure {
  const messageName = textOf(message.name, scope)
  if (messageName instanceof Failure) return messageName
  const correlationKey = correlationKeyOf(message.correlationKey!, scope)
  if (correlationKey instanceof Failure) return correlationKey
  return { key: decision.nextKey(), nodeId, messageName, correlationKey, opening: true }
}

/** Opens the subscription. Buffered messages are looked through right after, when they are in memory. */
export function openSubscription(decision: Decision, instance: Instance, element: ElementInstance, waiting: WaitingMessage): void {
  const { key, messageName, correlationKey, opening } = waiting
  const row = { key, instanceKey: instance.key, processId: instance.model.id, messageName, correlationKey, opening }
  decision.record({ type: 'subscription-opened', instance, element, waiting, row })
  decision.follow({ do: 'check-subscription', instanceKey: instance.key, subscriptionKey: key, correlationKey })
}
