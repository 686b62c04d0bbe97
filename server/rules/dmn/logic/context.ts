import { isFunction } from '../../feel/index.ts'
import type { FeelContext } from '../../feel/index.ts'
import { childOf, listOf, textOf } from '../../moddle.ts'
import { withValues } from '../model.ts'
import { withNames } from '../reading.ts'
import { fit } from '../types/dataType.ts'
import type { LogicReader } from './index.ts'
import { readLogic } from './index.ts'

/** A boxed context: each entry sees those before it. An entry without a name is the result of the whole. */
export const readContext: LogicReader = (element, around, reading) => {
  const names: string[] = []
  const entries = listOf(element, 'contextEntry').map((entry) => {
    const variable = childOf(entry, 'variable')
    const logic = readLogic(childOf(entry, 'value'), withNames(around, names), reading, element)
    const type = reading.dialect.typesAsked ? reading.typeNamed(textOf(variable, 'typeRef')) : undefined
    if (variable?.name !== undefined) names.push(variable.name)
    return { name: variable?.name, logic, type }
  })
  return (site) => {
    const values: FeelContext = new Map()
    const within = withValues(site, values)
    for (const { name, logic, type } of entries) {
      const made = logic(within)
      // The variable of a function may be declared with the type of its result.
      const value = isFunction(made) && !type?.result ? made : fit(made, type)
      if (name === undefined) return value
      values.set(name, value)
    }
    return values
  }
}
