/** A process that was called, and the element that called it. */
import { bringResult } from '../behaviors/variables.ts'
import type { CallActivity } from '../model/executable.ts'
import type { ElementInstance } from '../state/instance.ts'
import type { Loop } from './loop.ts'

/** The element that has called this instance, if one has, and the loop of its instance. */
export function callingElementOf(loop: Loop): { readonly element: ElementInstance; readonly loop: Loop } | undefined {
  const { caller } = loop.instance
  const calling = caller && loop.decision.state.instance(caller.instanceKey)
  const element = caller && calling?.elements.get(caller.elementKey)
  return calling && element ? { element, loop: loop.of(calling) } : undefined
}

/** The called process is over: who called it gets its result and goes on. */
export function returnToCaller(loop: Loop): void {
  const calling = callingElementOf(loop)
  if (!calling) return
  const { element, loop: outer } = calling
  const { takesAll, outputs } = element.node as CallActivity
  if (takesAll || outputs.length > 0) bringResult(outer.decision, outer.instance, element, loop.instance.root.variables)
  outer.complete(element)
  loop.later(() => outer.run())
}

/** What an element has called ends with it. */
export function terminateCalled(loop: Loop, { calledKey }: ElementInstance): void {
  const called = calledKey ? loop.decision.state.instance(calledKey) : undefined
  if (called) loop.of(called).terminate(called.root)
}
