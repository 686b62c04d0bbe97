import { listOf } from '../../moddle.ts'
import type { LogicReader } from './index.ts'
import { readLogic } from './index.ts'

/** A boxed list: one value per piece of logic. */
export const readList: LogicReader = (element, around, reading) => {
  const items = listOf(element, 'elements').map((each) => readLogic(each, around, reading, element))
  return (site) => items.map((item) => item(site))
}
