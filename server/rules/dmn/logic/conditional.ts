import { childOf } from '../../moddle.ts'
import type { LogicReader } from './index.ts'
import { readLogic } from './index.ts'

/** A boxed condition: what is not true takes the other way. */
export const readConditional: LogicReader = (element, around, reading) => {
  const [condition, then, otherwise] = ['if', 'then', 'else'].map((part) =>
    readLogic(childOf(childOf(element, part), 'value'), around, reading, element))
  return (site) => (condition?.(site) === true ? then : otherwise)?.(site) ?? null
}
