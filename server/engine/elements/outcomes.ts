import type { Failure } from '../behaviors/failure.ts'
import { childrenOf, type ElementInstance } from '../state/instance.ts'
import { compensate } from './compensation.ts'
import type { Outcome } from './element.ts'
import type { Loop } from './loop.ts'
import { throwErrorFrom, throwEscalationFrom } from './throwing.ts'
import { beginTurns } from './turns.ts'

type Success = Exclude<Outcome, Failure>
type Follow<S extends Success> = (loop: Loop, element: ElementInstance, outcome: S) => void

const follows: { readonly [T in Success['then']]: Follow<Extract<Success, { then: T }>> } = {
  wait: () => undefined,
  complete: (loop, element, { flows }) => loop.complete(element, flows),
  open: (loop, element, { start }) => loop.begin(start, element),
  'open-each': (loop, element, { items }) => beginTurns(loop, element, items),
  'end-scope': endScope,
  'throw-error': (loop, element, { errorCode }) =>
    throwErrorFrom(loop, element, errorCode, `An error was thrown with the code '${errorCode}'`),
  'throw-escalation': (loop, element, { escalationCode }) => throwEscalationFrom(loop, element, escalationCode),
  compensate: (loop, element, { activityId }) => compensate(loop, element, activityId),
}

/** Does what comes after an element was activated. */
export function follow(loop: Loop, element: ElementInstance, outcome: Success): void {
  (follows[outcome.then] as Follow<Success>)(loop, element, outcome)
}

const staying: ReadonlySet<Success['then']> = new Set(['wait', 'open', 'open-each'])

/** Whether the element stays, so that events around it may happen meanwhile. */
export function stays({ then }: Success): boolean {
  return staying.has(then)
}

function endScope(loop: Loop, element: ElementInstance): void {
  const { decision, instance } = loop
  const scope = element.scope!
  decision.record({ type: 'element-completed', instance, element, at: decision.nowMs })
  for (const child of childrenOf(instance, scope)) loop.terminate(child)
  loop.later(() => loop.complete(scope))
}
