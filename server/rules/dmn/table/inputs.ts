import type { FeelValue } from '../../feel/index.ts'
import { childOf, textOf } from '../../moddle.ts'
import type { Moddle } from '../../moddle.ts'
import type { Logic } from '../model.ts'
import { answered } from '../reading.ts'
import type { Reading, Surroundings } from '../reading.ts'
import { fit } from '../types/dataType.ts'

/** A column of conditions: the expression whose value its cells test. */
export interface TableInput {
  readonly id: string
  readonly label: string
  readonly value: Logic
  /** Whether the column takes this value at all. Null is taken. */
  readonly allows: (value: FeelValue) => boolean
}

/** Reads a column of conditions, its type and allowed values where the dialect asks for them. */
export function readInput(element: Moddle, around: Surroundings, reading: Reading): TableInput {
  const { dialect } = reading
  const expression = childOf(element, 'inputExpression')
  const text = textOf(expression, 'text')
  const logic = reading.expression(expression ?? element, text, around)
  const parts = { id: element.id ?? '', label: textOf(element, 'label') ?? text?.trim() ?? '' }
  if (!dialect.typesAsked) return { ...parts, value: logic, allows: () => true }
  const type = reading.typeNamed(textOf(expression, 'typeRef'))
  const allowed = textOf(childOf(element, 'inputValues'), 'text')?.trim()
  const tests = allowed ? reading.tests(element, allowed, around) : undefined
  return {
    ...parts,
    value: (site) => fit(logic(site), type),
    allows: (value) => value === null || !tests
      || answered(dialect, () => tests.evaluate(value, { get: () => undefined }), allowed) === true,
  }
}
