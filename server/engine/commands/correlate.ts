/** How a message finds who waits for it. */
import type { Decision } from '../behaviors/decision.ts'
import { bringResult, type Variables } from '../behaviors/variables.ts'
import { Lifecycle } from '../elements/lifecycle.ts'
import { trigger } from '../elements/triggering.ts'
import type { Key } from '../key.ts'
import { eventOf, staysOpen, type Instance } from '../state/instance.ts'
import { splitObject } from '../state/jsonObject.ts'
import type { MessageRow, SubscriptionRow } from '../store/rows.ts'
import type { Definition } from '../state/definitions.ts'
import { startInstance } from './startInstance.ts'

/** Lets the waiting element go on with the message. The instance must be in memory. */
export function correlate(
  decision: Decision, { instanceKey, key }: Pick<SubscriptionRow, 'instanceKey' | 'key'>, variables: Variables,
): void {
  const instance = decision.state.instance(instanceKey)
  const found = instance && waitingFor(instance, key)
  if (!found) return
  const { element, waiting } = found
  const event = eventOf(element, waiting.nodeId)!
  if (!staysOpen(event)) decision.record({ type: 'subscription-closed', instance, element, waiting })
  const lifecycle = new Lifecycle(decision, instance)
  trigger(lifecycle, element, waiting.nodeId, (target) => bringResult(decision, instance, target, variables))
  lifecycle.run()
}

export function waitingFor(instance: Instance, subscriptionKey: Key) {
  for (const element of instance.elements.values()) {
    const waiting = element.messages.find((each) => each.key === subscriptionKey)
    if (waiting) return { element, waiting }
  }
  return undefined
}

/** Starts an instance by a message. With a correlation key, no second one of this process starts by it while the first runs. */
export function startByMessage(
  decision: Decision, definition: Definition, message: Pick<MessageRow, 'name' | 'correlationKey'>, variables: Variables,
): Instance {
  const { correlationKey } = message
  const [elementId] = definition.messageStarts.find(([, name]) => name === message.name)!
  const event = decision.state.definitions.model(definition.key)!.root.messageStarts.find((each) => each.id === elementId)!
  return startInstance(decision, {
    definition, event, variables, correlationKey,
    created(instance) {
      if (correlationKey === '') return
      const row = { correlationKey, processId: definition.processId, instanceKey: instance.key, ended: false }
      decision.record({ type: 'message-start-locked', row })
    },
  })
}

/** The oldest live message in the buffer for one of these names that the process has not had. */
export function bufferedFor(
  decision: Decision, correlationKey: string, names: readonly string[], processId: string,
): MessageRow | undefined {
  for (const message of decision.state.correlation(correlationKey)!.messages.values()) {
    if (names.includes(message.name) && message.dueAt > decision.nowMs && !hasHad(message, processId)) return message
  }
  return undefined
}

export function variablesOf(message: MessageRow): Variables {
  return splitObject(message.variables)
}

function hasHad(message: MessageRow, processId: string): boolean {
  return (JSON.parse(message.correlated) as string[]).includes(processId)
}
