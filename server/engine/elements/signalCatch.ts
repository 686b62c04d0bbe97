import { Failure } from '../behaviors/failure.ts'
import { planSignal } from '../behaviors/signals.ts'
import type { SignalCatch } from '../model/executable.ts'
import type { ElementHandler } from './element.ts'

/** Waits for the next broadcast of its signal. One that was broadcast before does not count. */
export const signalCatch: ElementHandler<SignalCatch> = {
  activate({ id, signal }, { decision, instance, element, scope }) {
    const waiting = planSignal(decision, id, signal, scope)
    if (waiting instanceof Failure) return waiting
    decision.record({ type: 'signal-subscription-opened', instance, element, waiting })
    return { then: 'wait' }
  },
}
