import type { Key } from '../key.ts'
import type { Command } from './command.ts'
import { bufferedFor, correlate, variablesOf, waitingFor } from './correlate.ts'

export interface CheckSubscription {
  instanceKey: Key
  subscriptionKey: Key
  correlationKey: string
}

/** A subscription was opened: it gets the oldest message that has waited for it; one that stays open gets them all. */
export const checkSubscription: Command<CheckSubscription, void> = {
  intent: 'CHECK_SUBSCRIPTION',

  needs: ({ instanceKey, correlationKey }) => ({ instances: [instanceKey], correlationKeys: [correlationKey] }),

  decide({ instanceKey, subscriptionKey, correlationKey }, decision) {
    for (;;) {
      const instance = decision.state.instance(instanceKey)
      const found = instance && waitingFor(instance, subscriptionKey)
      if (!found) return
      const { element, waiting } = found
      const processId = instance.model.id
      const message = bufferedFor(decision, correlationKey, [waiting.messageName], processId)
      if (!message) {
        if (!waiting.opening) return
        const row = { key: subscriptionKey, instanceKey, processId, messageName: waiting.messageName, correlationKey, opening: false }
        decision.record({ type: 'subscription-checked', instance, element, waiting, row })
        return
      }
      decision.record({ type: 'message-correlated', message, processId })
      correlate(decision, { instanceKey, key: subscriptionKey }, variablesOf(message))
    }
  },
}
