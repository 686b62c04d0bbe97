import { isList, parseJson, toJson, type CompiledExpression, type FeelScope, type FeelValue } from '../../rules/feel/index.ts'
import type { Decision } from '../behaviors/decision.ts'
import { conditionOf, evaluate, listOf, scopeOf } from '../behaviors/expressions.ts'
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

/** The list, as it is now around the multi-instance: inside, its results may go by the same name. */
export function itemsOf(node: MultiInstance, body: ElementInstance, decision: Decision): readonly FeelValue[] | Failure {
  return listOf(node.inputCollection, scopeOf(body.scope!, decision.nowMs))
}

/** What one of them has from the start: its item, its number from 1 on, and a place for its result. */
export function variablesOfEach({ inputElement, output }: MultiInstance, item: FeelValue, index: number): Variables {
  const variables = new Map([['loopCounter', String(index + 1)]])
  if (inputElement) variables.set(inputElement, toJson(item))
  // A result that is just a variable is the element's own, so that those who run beside each other do not write over it.
  const result = output && variableOf(output.element)
  if (result && !variables.has(result)) variables.set(result, 'null')
  return variables
}

/** The variable in an expression that is nothing but its name, perhaps with a path into it. */
function variableOf({ source, names }: CompiledExpression): string | undefined {
  const [name, ...path] = source.split('.').map((each) => each.trim())
  return names.length === 1 && names[0] === name && path.every((each) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(each)) ? name : undefined
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
