/** What is thrown goes outward to who catches it, also in the processes that called this one. */
import { Failure } from '../behaviors/failure.ts'
import { raiseIncident } from '../behaviors/incidents.ts'
import { NO_VARIABLES, setLocal, type Variables } from '../behaviors/variables.ts'
import type { ElementInstance } from '../state/instance.ts'
import { callingElementOf } from './calling.ts'
import { catcherOf, type Catcher, type Thrown } from './catching.ts'
import type { Loop } from './loop.ts'
import { beginCatcher } from './triggering.ts'

/** An error thrown at an element. If nobody catches it, an incident holds the element. */
export function throwErrorFrom(
  loop: Loop, element: ElementInstance, errorCode: string, message: string, variables: Variables = NO_VARIABLES,
): void {
  const found = findCatcher(loop, element, { kind: 'error', code: errorCode })
  if (found) return handOver(loop, found, variables)
  const known = `Expected to throw an error event with the code '${errorCode}' with message '${message}', but it was not caught.`
  raiseIncident(loop.decision, loop.instance, element, new Failure('UNHANDLED_ERROR_EVENT', known))
}

/** An escalation thrown by an event, which goes on unless who catches it has ended it. */
export function throwEscalationFrom(loop: Loop, element: ElementInstance, code: string): void {
  const found = findCatcher(loop, element, { kind: 'escalation', code })
  if (found) handOver(loop, found, NO_VARIABLES)
  if (loop.isLive(element)) loop.complete(element)
}

/** Who catches, and the loop of the instance in which it does. */
interface FoundCatcher {
  readonly loop: Loop
  readonly catcher: Catcher
}

function findCatcher(loop: Loop, element: ElementInstance, thrown: Thrown): FoundCatcher | undefined {
  const catcher = catcherOf(element, thrown)
  if (catcher) return { loop, catcher }
  const calling = callingElementOf(loop)
  return calling && findCatcher(calling.loop, calling.element, thrown)
}

function handOver(from: Loop, { loop, catcher }: FoundCatcher, variables: Variables): void {
  beginCatcher(loop, catcher, (target) => setLocal(loop.decision, loop.instance, target, variables))
  if (loop !== from) from.later(() => loop.run())
}
