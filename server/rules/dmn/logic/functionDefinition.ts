import { FeelFunction } from '../../feel/index.ts'
import { childOf, textOf } from '../../moddle.ts'
import { withValues } from '../model.ts'
import { argumentsOf, readParameters } from '../parameters.ts'
import { withNames } from '../reading.ts'
import type { LogicReader } from './index.ts'
import { readLogic } from './index.ts'

/** A boxed function. It sees what is visible where it stands. Functions of Java and of PMML are null. */
export const readFunctionDefinition: LogicReader = (element, around, reading) => {
  const kind = textOf(element, 'kind')
  if (kind !== undefined && kind !== 'FEEL') return () => null
  const parameters = readParameters(element, reading)
  const names = parameters.map((each) => each.name)
  const body = readLogic(childOf(element, 'body'), withNames(around, names), reading, element)
  return (site) =>
    new FeelFunction(names, (values) => {
      const args = argumentsOf(parameters, values, reading.dialect)
      return args ? body(withValues(site, args)) : null
    })
}
