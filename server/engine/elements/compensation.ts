/** What can be undone, and how it is. */
import type { Decision } from '../behaviors/decision.ts'
import type { Compensable, ElementInstance, Instance } from '../state/instance.ts'
import { joinObject, splitObject } from '../state/jsonObject.ts'
import type { CompensationThrow } from '../model/executable.ts'
import type { Loop } from './loop.ts'

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
function compensatedScopeOf({ scope, node }: ElementInstance, { model }: Instance): ElementInstance {
  const { activityId } = node as CompensationThrow
  const namesBeside = activityId !== undefined && model.nodes.get(activityId)!.scope === node.scope
  return scope!.node.kind === 'event-sub-process' && !namesBeside ? scope!.scope! : scope!
}

/** Begins all handlers at once, each as often as what it undoes has completed. */
export function compensate(loop: Loop, throwing: ElementInstance, activityId?: string): void {
  const { decision, instance } = loop
  const scope = compensatedScopeOf(throwing, instance)
  const compensables = scope.compensables.filter((each) => activityId === undefined || each.activityId === activityId)
  if (compensables.length === 0) return loop.complete(throwing)
  decision.record({ type: 'compensation-triggered', instance, element: scope, compensables })
  for (const { handlerRef, variables, times } of compensables) {
    const handler = instance.model.nodes.get(handlerRef)!
    loop.allow(times)
    for (let time = 0; time < times; time++) loop.begin(handler, scope, splitObject(variables), throwing.key)
  }
}

/** An element is over: if it was the last handler of an event that throws compensation, that event is done. */
export function completeIfUndone(loop: Loop, { throwKey }: ElementInstance): void {
  const throwing = throwKey && loop.instance.elements.get(throwKey)
  if (throwing && handlersOf(throwing, loop.instance).length === 0) loop.completeSoon(throwing)
}

/** Handlers at work for an event that has thrown compensation; of any other element there are none. */
export function handlersOf({ key, node }: ElementInstance, { elements }: Instance): ElementInstance[] {
  if (node.kind !== 'compensation-throw') return []
  return [...elements.values()].filter((each) => each.throwKey === key)
}
