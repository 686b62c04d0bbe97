import { FeelDecimal } from '../../feel/decimals.ts'
import { isBlank } from './field.ts'
import type { FieldContext, FieldKind, Found } from './field.ts'

/** A number, or its text where the field says so. Compared in decimals: 0.1 + 0.2 is not more than 0.3. */
export const numberField: FieldKind = {
  isEmpty: isBlank,
  check(answer, field, context): Found | undefined {
    const value = decimalOf(answer, field.serializeToString === true)
    if (!value) return { code: 'not-a-number' }
    const min = limit(context, 'min')
    if (min && value.lt(min)) return { code: 'too-small', facts: { min: min.toFixed() } }
    const max = limit(context, 'max')
    if (max && value.gt(max)) return { code: 'too-large', facts: { max: max.toFixed() } }
    const digits = field.decimalDigits === undefined ? undefined : Number(field.decimalDigits)
    if (digits !== undefined && value.decimalPlaces() > digits) return { code: 'too-many-decimals', facts: { max: digits } }
    return undefined
  },
}

function decimalOf(answer: unknown, asText: boolean): InstanceType<typeof FeelDecimal> | undefined {
  if (typeof answer === 'number') return Number.isFinite(answer) ? new FeelDecimal(answer) : undefined
  if (!asText || typeof answer !== 'string' || !/^-?\d{1,30}(\.\d{1,30})?$/.test(answer)) return undefined
  return new FeelDecimal(answer)
}

function limit(context: FieldContext, name: string): InstanceType<typeof FeelDecimal> | undefined {
  const value = context.limit(name)
  if (typeof value === 'number' && Number.isFinite(value)) return new FeelDecimal(value)
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? new FeelDecimal(value) : undefined
}
