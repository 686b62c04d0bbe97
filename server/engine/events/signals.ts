import type { Appliers, SignalEvent } from './event.ts'
import { writable } from './writable.ts'

export const signalAppliers: Appliers<SignalEvent> = {
  'signal-subscription-opened'(state, { instance, element, waiting }) {
    const { key, signalName } = waiting
    writable.element(element).signals.push(waiting)
    state.changes.instance(writable.instance(instance))
    state.changes.signalSubscription({ key, instanceKey: instance.key, signalName }, key)
  },

  'signal-subscription-closed'(state, { instance, element, waiting }) {
    const own = writable.element(element)
    own.signals = own.signals.filter((each) => each.key !== waiting.key)
    state.changes.instance(writable.instance(instance))
    state.changes.signalSubscription(null, waiting.key)
  },

  'signal-broadcast'(state, { row }) {
    state.broadcasts.set(row.key, row)
    state.changes.broadcast(row, row.key)
  },

  'signal-spread'(state, { row }) {
    state.broadcasts.set(row.key, row)
    state.receivers = undefined
    state.changes.broadcast(row, row.key)
  },

  'signal-delivered'(state, { row }) {
    state.broadcasts.delete(row.key)
    state.receivers = undefined
    state.changes.broadcast(null, row.key)
  },
}
