import { planTimer } from '../behaviors/timers.ts'
import { Failure } from '../behaviors/failure.ts'
import type { TimerCatch } from '../model/executable.ts'
import type { ElementHandler } from './element.ts'

/** Waits until its moment has come; a moment that has passed is due at once. */
export const timerCatch: ElementHandler<TimerCatch> = {
  activate({ id, timer }, { decision, instance, element, scope }) {
    const planned = planTimer(decision, id, timer, scope)
    if (planned instanceof Failure) return planned
    decision.record({ type: 'timer-created', instance, element, timer: planned })
    return { then: 'wait' }
  },
}
