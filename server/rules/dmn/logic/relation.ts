import { listOf, textOf } from '../../moddle.ts'
import type { FeelValue } from '../../feel/index.ts'
import { fit } from '../types/dataType.ts'
import type { LogicReader } from './index.ts'
import { readLogic } from './index.ts'

/** A boxed relation: a list of contexts, one per row, with the columns for keys. */
export const readRelation: LogicReader = (element, around, reading) => {
  const columns = listOf(element, 'column').map((each) => ({
    name: each.name ?? '',
    type: reading.dialect.typesAsked ? reading.typeNamed(textOf(each, 'typeRef')) : undefined,
  }))
  const rows = listOf(element, 'row').map((row) => {
    const cells = listOf(row, 'elements')
    if (cells.length !== columns.length) {
      reading.refuse(element, `expected row with '${columns.length}' elements but found '${cells.length}'`)
    }
    return columns.map((_, index) => readLogic(cells[index], around, reading, element))
  })
  return (site) =>
    rows.map((cells) => {
      const entries = columns.map(({ name, type }, index): [string, FeelValue] => [name, fit(cells[index]?.(site) ?? null, type)])
      return new Map(entries)
    })
}
