import { joinObject } from '../state/jsonObject.ts'
import type { Key } from '../key.ts'
import type { MessageRow } from '../store/rows.ts'
import { reject, type Command } from './command.ts'
import { correlate, startByMessage } from './correlate.ts'
import { readName, readPresent, readVariables } from './readRequest.ts'
import { releaseMessageStart } from './releaseMessageStart.ts'

export interface PublishMessage {
  name: string
  correlationKey: string
  /** Milliseconds for which it waits for someone to come; 0 is now or never. */
  timeToLive?: number
  /** While a message with the same name, key and id lives, it is not taken again. */
  messageId?: string
  /** JSON text of an object. */
  variables?: string
}

const intent = 'PUBLISH'

/** Gives a message to every process that waits for it, at most once per process id, and starts those it starts. */
export const publishMessage: Command<PublishMessage, { key: Key }> = {
  intent,
  standing: 'begins',

  needs({ name, correlationKey }, state) {
    const waiting = state.correlation(correlationKey)
    return {
      correlationKeys: [correlationKey],
      instances: [...(waiting?.subscriptions.values() ?? [])].filter((each) => each.messageName === name).map((each) => each.instanceKey),
      models: state.definitions.startedBy(name).map((each) => each.key),
    }
  },

  decide({ name, correlationKey, timeToLive = 0, messageId = '', variables: json = '' }, decision) {
    readPresent(intent, 'the name of the message', name)
    readName(intent, 'the correlation key', correlationKey)
    readName(intent, 'the id of the message', messageId)
    const variables = readVariables(intent, json)
    const known = decision.state.correlation(correlationKey)!
    const isRepeated = (each: MessageRow): boolean => each.name === name && each.messageId === messageId && each.dueAt > decision.nowMs
    if (messageId !== '' && [...known.messages.values()].some(isRepeated)) {
      reject(intent, 'already-exists',
        `Expected to publish a new message with id '${messageId}', but a message with that id was already published`)
    }

    const key = decision.nextKey()
    const had = new Set<string>()
    for (const subscription of [...known.subscriptions.values()]) {
      if (subscription.messageName !== name || had.has(subscription.processId)) continue
      had.add(subscription.processId)
      correlate(decision, subscription, variables)
    }
    for (const definition of decision.state.definitions.startedBy(name)) {
      if (had.has(definition.processId)) continue
      // An instance that ended a moment ago may still have older messages waiting; those come first.
      const { processId } = definition
      if (known.messageStarts.get(processId)?.ended) releaseMessageStart.decide({ correlationKey, processId }, decision)
      if (known.messageStarts.has(processId)) continue
      had.add(processId)
      startByMessage(decision, definition, { name, correlationKey }, variables)
    }
    if (timeToLive > 0) {
      const message: MessageRow = {
        key, name, correlationKey, messageId, dueAt: decision.nowMs + timeToLive, variables: joinObject(variables),
        correlated: JSON.stringify([...had]),
      }
      decision.record({ type: 'message-buffered', message })
    }
    return { key }
  },
}
