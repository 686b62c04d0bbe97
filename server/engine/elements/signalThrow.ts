import { textOf } from '../behaviors/expressions.ts'
import { Failure } from '../behaviors/failure.ts'
import { broadcast } from '../behaviors/signals.ts'
import type { SignalThrow } from '../model/executable.ts'
import type { ElementHandler } from './element.ts'

/** Tells everybody who waits for the signal, and waits for none of them. Its own variables, made by input mappings, go with it. */
export const signalThrow: ElementHandler<SignalThrow> = {
  activate({ signal }, step) {
    const name = textOf(signal.name, step.scope)
    if (name instanceof Failure) return name
    broadcast(step.decision, name, step.element.variables)
    return step.complete()
  },
}
