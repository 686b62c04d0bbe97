import { isList, parseJson, toJson, type FeelScope, type FeelValue } from '../../rules/feel/index.ts'
import type { Decision } from '../behaviors/decision.ts'
import { conditionOf, evaluate, scopeOf } from '../behaviors/expressions.ts'
import { Failure } from '../behaviors/failure.ts'
import { setLocal, type Variables } from '../behaviors/variables.ts'
import type { MultiInstance } from '../model/executable.ts'
import type { ElementInstance, Instance } from '../state/instance.ts'
import type { ElementHandler } from './element.ts'

/** Does its activity once for each item of a list, all at a time or one after another. An empty list is done at once. */
export const multiInstance: ElementHandler<MultiInstance> = {
  activate(node, step) {
    const items = itemsOf(node, step.element, step.decision)
    if (items instanceof Failure) return items
    if (node.output) {
      const results = toJson(items.map(() => null))
      setLocal(step.decision, step.instance, step.element, new Map([[node.output.collection, results]]))
    }
    return items.length === 0 ? step.complete() : { then: 'open-each', items }
  },
}

/** The list, as the multi-instance sees it now. */
export function itemsOf(node: MultiInstance, element: ElementInstance, decision: Decision): readonly FeelValue[] | Failure {
  const value = evaluate(node.inputCollection, scopeOf(element, decision.nowMs))
  if (value instanceof Failure || isList(value)) return value
  return new Failure('EXTRACT_VALUE_ERROR',
    `Expected result of the expression '${node.inputCollection.source}' to be 'ARRAY', but it is not.`)
}

/** What one of them has from the start: its item, its number from 1 on, and a place for its result. */
export function variablesOfEach({ inputElement, output }: MultiInstance, item: FeelValue, index: number): Variables {
  const variables = new Map([['loopCounter', String(index + 1)]])
  if (inputElement) variables.set(inputElement, toJson(item))
  // A result that is just a name is the element's own, so that those who run beside each other do not write over it.
  const name = output?.element.source.trim()
  if (name && output?.element.names.length === 1 && output.element.names[0] === name && !variables.has(name)) variables.set(name, 'null')
  return variables
}

export function indexOfEach(element: ElementInstance): number {
  return Number(element.variables.get('loopCounter')) - 1
}

/** Puts the result of one that is done at the place of its item. */
export function keepResult(decision: Decision, instance: Instance, body: ElementInstance, each: ElementInstance): Failure | undefined {
  const { output } = body.node as MultiInstance
  if (!output) return undefined
  const value = evaluate(output.element, scopeOf(each, decision.nowMs))
  if (value instanceof Failure) return value
  const results = parseJson(body.variables.get(output.collection) ?? '[]')
  const list = isList(results) ? [...results] : []
  list[indexOfEach(each)] = value
  setLocal(decision, instance, body, new Map([[output.collection, toJson(list)]]))
  return undefined
}

/** Whether the rest need not be done: asked after each that is done. `count` is how many there are in all. */
export function isEnough(decision: Decision, body: ElementInstance, each: ElementInstance, count: number): boolean | Failure {
  const { completionCondition, isSequential } = body.node as MultiInstance
  if (!completionCondition) return false
  const numberOfActiveInstances = body.children - 1
  const numberOfCompletedInstances = isSequential ? indexOfEach(each) + 1 : count - numberOfActiveInstances
  const facts: Record<string, number> = {
    numberOfInstances: count, numberOfActiveInstances, numberOfCompletedInstances, numberOfTerminatedInstances: 0,
  }
  const inner = scopeOf(each, decision.nowMs)
  const scope: FeelScope = { now: inner.now, get: (name) => (name in facts ? parseJson(String(facts[name])) : inner.get(name)) }
  return conditionOf(completionCondition, scope)
}
