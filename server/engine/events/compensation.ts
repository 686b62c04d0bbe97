import type { Compensable } from '../state/instance.ts'
import type { Appliers, CompensationEvent } from './event.ts'
import { writable } from './writable.ts'

export const compensationAppliers: Appliers<CompensationEvent> = {
  'compensation-enabled'(state, { instance, element, compensables }) {
    const scope = writable.element(element)
    for (const each of compensables) scope.compensables = added(scope.compensables, each)
    state.changes.instance(writable.instance(instance))
  },

  'compensation-triggered'(state, { instance, element, compensables }) {
    const scope = writable.element(element)
    scope.compensables = scope.compensables.filter((each) => !compensables.includes(each))
    state.changes.instance(writable.instance(instance))
  },
}

// An activity in a loop is counted, so that its instance stays small.
function added(all: readonly Compensable[], one: Compensable): Compensable[] {
  const isSame = (each: Compensable): boolean =>
    each.activityId === one.activityId && each.handlerRef === one.handlerRef && each.variables === one.variables
  const known = all.find(isSame)
  return known ? all.map((each) => (each === known ? { ...each, times: each.times + one.times } : each)) : [...all, one]
}
