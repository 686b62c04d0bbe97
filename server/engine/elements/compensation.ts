/** What can be undone, and where. When it is undone is in `lifecycle.ts`. */
import type { Decision } from '../behaviors/decision.ts'
import type { Compensable, ElementInstance, Instance } from '../state/instance.ts'
import { joinObject, splitObject } from '../state/jsonObject.ts'
import type { CompensationThrow } from '../model/executable.ts'

/**
 * Keeps in the scope what can be undone now that an element is done: itself, and what has completed inside, whose handlers
 * then get what was local to the element. What a handler does is never undone.
 */
export function enableCompensation(decision: Decision, instance: Instance, element: ElementInstance, scope: ElementInstance): void {
  const { node, compensables, throwKey } = element
  if (throwKey || (!node.compensationHandler && compensables.length === 0)) return
  decision.record({ type: 'compensation-enabled', instance, element: scope, compensables: [...ownOf(element), ...innerOf(element)] })
}

function ownOf({ node }: ElementInstance): Compensable[] {
  return node.compensationHandler ? [{ activityId: node.id, handlerRef: node.compensationHandler, variables: '{}', times: 1 }] : []
}

function innerOf({ node, variables, compensables }: ElementInstance): Compensable[] {
  return compensables.map((each) => ({
    ...each, activityId: node.id, variables: joinObject(new Map([...variables, ...splitObject(each.variables)])),
  }))
}

/**
 * Where an event compensates: in the scope it stands in; right in an event sub-process in the scope around that, unless it names
 * an activity beside it.
 */
export function compensatedScopeOf({ scope, node }: ElementInstance, { model }: Instance): ElementInstance {
  const { activityId } = node as CompensationThrow
  const namesBeside = activityId !== undefined && model.nodes.get(activityId)!.scope === node.scope
  return scope!.node.kind === 'event-sub-process' && !namesBeside ? scope!.scope! : scope!
}

/** Handlers at work for the event that has thrown the compensation. */
export function handlersOf(throwing: ElementInstance, { elements }: Instance): ElementInstance[] {
  return [...elements.values()].filter((each) => each.throwKey === throwing.key)
}
