import { isBoolean } from '../../feel/index.ts'
import { childOf } from '../../moddle.ts'
import type { LogicReader } from './index.ts'
import { readLogic } from './index.ts'

/** A boxed condition: false and null take the other way; one that is no truth value has no answer. */
export const readConditional: LogicReader = (element, around, reading) => {
  const [condition, then, otherwise] = ['if', 'then', 'else'].map((part) =>
    readLogic(childOf(childOf(element, part), 'value'), around, reading, element))
  return (site) => {
    const holds = condition?.(site) ?? null
    if (holds !== null && !isBoolean(holds)) return null
    return (holds ? then : otherwise)?.(site) ?? null
  }
}
