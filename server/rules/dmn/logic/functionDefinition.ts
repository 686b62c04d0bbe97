import { FeelFunction, javaMethodOf } from '../../feel/index.ts'
import { childOf, textOf } from '../../moddle.ts'
import type { Moddle } from '../../moddle.ts'
import { withValues } from '../model.ts'
import type { Logic } from '../model.ts'
import { argumentsOf, readParameters } from '../parameters.ts'
import { withNames } from '../reading.ts'
import type { Reading, Surroundings } from '../reading.ts'
import type { LogicReader } from './index.ts'
import { readLogic } from './index.ts'

/** A boxed function. It sees what is visible where it stands. */
export const readFunctionDefinition: LogicReader = (element, around, reading) => {
  const parameters = readParameters(element, reading)
  const names = parameters.map((each) => each.name)
  const body = readBody(element, names, around, reading)
  return (site) =>
    new FeelFunction(names, (values) => {
      const args = argumentsOf(parameters, values, reading.dialect)
      return args ? body(withValues(site, args)) : null
    })
}

/** What a function makes of its arguments. Those of Java are null but for its own that only calculate, those of PMML are always null. */
export function readBody(definition: Moddle, names: readonly string[], around: Surroundings, reading: Reading): Logic {
  const kind = textOf(definition, 'kind') ?? 'FEEL'
  if (kind !== 'FEEL' && !(kind === 'Java' && reading.dialect.externalFunctions)) return () => null
  const body = readLogic(childOf(definition, 'body'), withNames(around, names), reading, definition)
  if (kind === 'FEEL') return body
  return (site) => javaMethodOf(body(site))?.(names.map((name) => site.scope.get(name) ?? null)) ?? null
}
