import { FeelEvaluationError } from '../errors.ts'
import { same } from '../compare.ts'
import { any, boolean, text, way } from './builtIn.ts'
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
  is: [way([any('value1'), any('value2')], (left, right) => same(left, right))],
}
