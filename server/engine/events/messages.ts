import type { Appliers, MessageEvent } from './event.ts'

export const messageAppliers: Appliers<MessageEvent> = {
  'message-buffered'(state, { message }, nowMs) {
    state.correlations.get(message.correlationKey)?.messages.set(message.key, message)
    state.changes.message(message)
    state.due.add({ kind: 'message', key: message.key, owner: message.correlationKey, dueAt: message.dueAt }, nowMs)
  },

  'message-correlated'(state, { message, processId }) {
    const correlated = { ...message, correlated: JSON.stringify([...(JSON.parse(message.correlated) as string[]), processId]) }
    state.correlations.get(message.correlationKey)?.messages.set(message.key, correlated)
    state.changes.message(correlated)
  },

  'message-expired'(state, { message }) {
    state.correlations.get(message.correlationKey)?.messages.delete(message.key)
    state.changes.message(message, true)
  },

  'message-start-locked'(state, { row }) {
    state.correlations.get(row.correlationKey)?.messageStarts.set(row.processId, row)
    state.changes.messageStart(row)
  },

  'message-start-released'(state, { row }) {
    state.correlations.get(row.correlationKey)?.messageStarts.delete(row.processId)
    state.changes.messageStart(row, true)
  },
}
