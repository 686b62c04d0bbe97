/** The turns of a multi-instance: one for each item. */
import { Failure } from '../behaviors/failure.ts'
import { propagate } from '../behaviors/variables.ts'
import type { FeelValue } from '../../rules/feel/index.ts'
import type { MultiInstance } from '../model/executable.ts'
import { childrenOf, type ElementInstance } from '../state/instance.ts'
import { enableCompensation } from './compensation.ts'
import type { Loop } from './loop.ts'
import { indexOfEach, isEnough, itemsOf, keepResult, variablesOfEach } from './multiInstance.ts'

/** The first turn begins, or all of them do. */
export function beginTurns(loop: Loop, body: ElementInstance, items: readonly FeelValue[]): void {
  const node = body.node as MultiInstance
  loop.allow(items.length)
  const first = node.isSequential ? items.slice(0, 1) : items
  for (const [index, item] of first.entries()) loop.begin(node.each, body, variablesOfEach(node, item, index))
}

/** A turn is done: its result is kept, then the next begins, or the whole is done. */
export function completeTurn(loop: Loop, body: ElementInstance, each: ElementInstance): Failure | undefined {
  const { decision, instance } = loop
  const node = body.node as MultiInstance
  const items = itemsOf(node, body, decision)
  if (items instanceof Failure) return items
  const failure = keepResult(decision, instance, body, each)
  if (failure) return failure
  const isDone = isEnough(decision, body, each, items.length)
  if (isDone instanceof Failure) return isDone
  const next = indexOfEach(each) + 1
  enableCompensation(decision, instance, each, body)
  decision.record({ type: 'element-completed', instance, element: each, at: decision.nowMs })
  if (isDone) for (const child of childrenOf(instance, body)) loop.terminate(child)
  else if (node.isSequential && next < items.length) loop.begin(node.each, body, variablesOfEach(node, items[next]!, next))
  loop.completeIfEmpty(body)
  return undefined
}

/** The collected results leave the multi-instance when all of it is done. */
export function handOutResults({ decision, instance }: Loop, body: ElementInstance): void {
  const { output } = body.node as MultiInstance
  const results = output && body.variables.get(output.collection)
  if (results) propagate(decision, instance, body.scope!, new Map([[output.collection, results]]))
}
