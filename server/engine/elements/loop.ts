import type { Decision } from '../behaviors/decision.ts'
import type { Variables } from '../behaviors/variables.ts'
import type { Key } from '../key.ts'
import type { Flow, FlowNode } from '../model/executable.ts'
import type { ElementInstance, Instance } from '../state/instance.ts'

/** One instance on its way, as those see it who decide what comes next in it. `lifecycle.ts` is the loop itself. */
export interface Loop {
  readonly decision: Decision
  readonly instance: Instance

  /** Does everything that can be done now. */
  run(): void

  /** Begins an element in a scope. `variables` are its own from the start; `throwKey` is of the event whose handler it is. */
  begin(node: FlowNode, scope: ElementInstance, variables?: Variables, throwKey?: Key): void

  /** Does, or after an incident does again, what an element does when it begins. */
  activate(element: ElementInstance): void

  /** Ends an element in the regular way and goes on with `flows`: all that lead on, unless told otherwise. */
  complete(element: ElementInstance, flows?: readonly Flow[]): void

  /** Ends an element in the regular way when its turn comes, if it lives by then. */
  completeSoon(element: ElementInstance): void

  /** The same for a scope in which nothing goes on any more. */
  completeIfEmpty(scope: ElementInstance): void

  /** Ends an element from outside, everything inside it first. */
  terminate(element: ElementInstance): void

  /** Something done earlier in the same run may have ended it: a token that reached a terminate end event, say. */
  isLive(element: ElementInstance): boolean

  /** Has something done after all that has come up so far. */
  later(act: () => void): void

  /** Has something done before all that has come up so far. */
  first(act: () => void): void

  /** Lets so many elements begin at once, which is many steps without going round. */
  allow(count: number): void

  /** The loop of another instance: one that has called this one, or that this one has called. */
  of(instance: Instance): Loop
}
