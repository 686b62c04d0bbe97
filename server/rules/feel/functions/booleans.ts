import { FeelEvaluationError } from '../errors.ts'
import { both, either, same, truth } from '../compare.ts'
import { isDateTime, isTime, typeName } from '../values.ts'
import type { FeelValue, Run } from '../values.ts'
import { any, boolean, listOrItems, text, way } from './builtIn.ts'
import type { BuiltIn } from './builtIn.ts'

/** Functions on truth and presence. */
export const booleanFunctions: Readonly<Record<string, BuiltIn>> = {
  not: [way([boolean('negand')], (value) => !value)],
  'is defined': [way([any('value')], (value) => value !== null)],
  'get or else': [way([any('value'), any('default')], (value, otherwise) => value ?? otherwise)],
  assert: [
    way([any('value'), any('condition')], (value, condition) => {
      if (condition === true) return value
      throw new FeelEvaluationError('assertion', 'The condition is not fulfilled')
    }),
    way([any('value'), any('condition'), text('cause')], (value, condition, cause) => {
      if (condition === true) return value
      throw new FeelEvaluationError('assertion', cause)
    }),
  ],
  is: [way([any('value1'), any('value2')], (left, right, run) => isSame(left, right, run))],
  and: listOrItems((items) => items.map(truth).reduce(both, true)),
  or: listOrItems((items) => items.map(truth).reduce(either, false)),
}

// Unlike "=", is() tells apart what is written differently: types, and moments by their offset and zone.
function isSame(left: FeelValue, right: FeelValue, run: Run): boolean {
  if (left === null || right === null) return left === right
  if (typeName(left) !== typeName(right)) return false
  if ((isTime(left) && isTime(right)) || (isDateTime(left) && isDateTime(right))) return String(left) === String(right)
  return same(left, right, run)
}
