import type { WaitingMessage, WaitingTimer, WritableInstance } from '../state/instance.ts'
import type { State } from '../state/state.ts'
import type { Appliers, WaitingEvent } from './event.ts'
import { writable } from './writable.ts'

export const waitingAppliers: Appliers<WaitingEvent> = {
  'timer-created'(state, { instance, element, timer }, nowMs) {
    const owner = writable.instance(instance)
    writable.element(element).timers.push(timer)
    state.changes.instance(owner)
    addTimer(state, owner, timer, nowMs)
  },

  'timer-triggered'(state, { instance, element, timer, next }, nowMs) {
    const owner = writable.instance(instance)
    const own = writable.element(element)
    own.timers = own.timers.filter((each) => each.key !== timer.key)
    if (next) own.timers.push(next)
    state.changes.instance(owner)
    if (next) addTimer(state, owner, next, nowMs)
    else state.changes.timer(null, timer.key)
  },

  'timer-canceled'(state, { instance, element, timer }) {
    const own = writable.element(element)
    own.timers = own.timers.filter((each) => each.key !== timer.key)
    state.changes.instance(writable.instance(instance))
    state.changes.timer(null, timer.key)
  },

  'subscription-opened'(state, { instance, element, waiting, row }) {
    writable.element(element).messages.push(waiting)
    state.changes.instance(writable.instance(instance))
    state.correlations.get(row.correlationKey)?.subscriptions.set(row.key, row)
    state.changes.subscription(row)
  },

  'subscription-checked'(state, { instance, element, waiting, row }) {
    const own = writable.element(element)
    own.messages = own.messages.map((each) => (each.key === waiting.key ? { ...each, opening: false } : each))
    state.changes.instance(writable.instance(instance))
    state.correlations.get(row.correlationKey)?.subscriptions.set(row.key, row)
    state.changes.subscription(row)
  },

  'subscription-closed'(state, { instance, element, waiting }) {
    const own = writable.element(element)
    own.messages = own.messages.filter((each) => each.key !== waiting.key)
    state.changes.instance(writable.instance(instance))
    removeSubscription(state, writable.instance(instance), waiting)
  },
}

export function removeSubscription(state: State, instance: WritableInstance, waiting: WaitingMessage): void {
  state.correlations.get(waiting.correlationKey)?.subscriptions.delete(waiting.key)
  const { key, messageName, correlationKey, opening } = waiting
  state.changes.subscription({ key, instanceKey: instance.key, processId: instance.model.id, messageName, correlationKey, opening }, true)
}

function addTimer(state: State, instance: WritableInstance, { key, dueAt }: WaitingTimer, nowMs: number): void {
  state.changes.timer({ key, instanceKey: instance.key, dueAt }, key)
  state.due.add({ kind: 'timer', key, owner: instance.key, dueAt }, nowMs)
}
