import type { Decision } from '../behaviors/decision.ts'
import { enter } from '../behaviors/entering.ts'
import { setLocal, type Variables } from '../behaviors/variables.ts'
import { openWaiting, type WaitingPlan } from '../elements/waiting.ts'
import type { FlowNode } from '../model/executable.ts'
import type { ElementInstance, Instance } from '../state/instance.ts'

/** A scope in which an element is going to begin: one that lives, or one that is still to be created. */
export interface PlannedScope {
  readonly node: FlowNode
  readonly scope: PlannedScope | null
  /** As they will be when all that is planned so far is done. */
  readonly variables: Map<string, string>
  element?: ElementInstance
}

export function livingScope(element: ElementInstance, scope: PlannedScope | null): PlannedScope {
  return { node: element.node, scope, variables: new Map(element.variables), element }
}

/** Creates a scope that has not begun: without input mappings and start event, but with all that waits on its border and inside. */
export function createScope(
  decision: Decision, instance: Instance, { node, scope }: PlannedScope, waiting: WaitingPlan, variables: Variables,
): ElementInstance {
  const parent = scope!.element!
  resumeScope(decision, instance, parent)
  const element = enter(decision, instance, node, parent)
  setLocal(decision, instance, element, variables)
  decision.record({ type: 'element-activated', instance, element })
  openWaiting(decision, instance, element, waiting)
  return element
}

/** A scope that an event sub-process has taken over is one like any other again when something else begins in it. */
export function resumeScope(decision: Decision, instance: Instance, element: ElementInstance): void {
  if (element.isInterrupted) decision.record({ type: 'scope-resumed', instance, element })
}
