import type { Dialect, FeelContext, FeelValue } from '../feel/index.ts'
import { listOf, textOf } from '../moddle.ts'
import type { Moddle } from '../moddle.ts'
import type { Parameter } from './model.ts'
import { answered } from './reading.ts'
import type { Reading } from './reading.ts'
import { checked } from './types/dataType.ts'

/** The parameters of a function. */
export function readParameters(definition: Moddle | undefined, reading: Reading): Parameter[] {
  return listOf(definition, 'formalParameter').map((each) => ({ name: each.name ?? '', type: reading.typeNamed(textOf(each, 'typeRef')) }))
}

/** The arguments by name, as the parameters' types want them; undefined, and the call has no value, when one is of another type. */
export function argumentsOf(
  parameters: readonly Parameter[], values: readonly FeelValue[], dialect: Dialect,
): FeelContext | undefined {
  const args: FeelContext = new Map()
  for (const [index, { name, type }] of parameters.entries()) {
    const value = values[index] ?? null
    const fitting = answered({ ...dialect, failuresAreNull: true }, () => checked(value, type, dialect))
    if (fitting === null && value !== null) return undefined
    args.set(name, fitting)
  }
  return args
}
