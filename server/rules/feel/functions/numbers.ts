import { Decimal } from 'decimal.js'
import { FeelDecimal, decimalsOf, fromBinary, modulo, rounded, showing } from '../decimals.ts'
import { FeelEvaluationError } from '../errors.ts'
import { DaysTimeDuration, YearsMonthsDuration } from '../temporal/durations.ts'
import type { FeelValue, Run } from '../values.ts'
import { daysTime, number, way, yearsMonths } from './builtIn.ts'
import type { BuiltIn, Way } from './builtIn.ts'

/** Functions on numbers. */
export const numericFunctions: Readonly<Record<string, BuiltIn>> = {
  decimal: roundingTo(Decimal.ROUND_HALF_EVEN),
  floor: rounding(Decimal.ROUND_FLOOR),
  ceiling: rounding(Decimal.ROUND_CEIL),
  'round up': roundingTo(Decimal.ROUND_UP),
  'round down': roundingTo(Decimal.ROUND_DOWN),
  'round half up': roundingTo(Decimal.ROUND_HALF_UP),
  'round half down': roundingTo(Decimal.ROUND_HALF_DOWN),
  abs: [
    ...eitherName('n', (value) => showing(value.abs(), decimalsOf(value))),
    way([daysTime('n')], (value) => new DaysTimeDuration(value.negative ? -value.nanos : value.nanos)),
    way([yearsMonths('n')], (value) => new YearsMonthsDuration(Math.abs(value.months))),
  ],
  modulo: [
    way([number('dividend'), number('divisor')], (dividend, divisor) => {
      if (divisor.isZero()) throw new FeelEvaluationError('arithmetic', 'Expected a divisor that is not zero in modulo(), but it is')
      return modulo(dividend, divisor)
    }),
  ],
  sqrt: eitherName('number', (value, run) =>
    run.dialect.decimalFunctions ? known(value.sqrt()) : fromBinary(Math.sqrt(value.toNumber())),
  ),
  log: eitherName('number', (value, run) => {
    if (value.lte(0)) throw new FeelEvaluationError('arithmetic', 'Expected a positive number in log(), but found another')
    return run.dialect.decimalFunctions ? known(value.ln()) : fromBinary(Math.log(value.toNumber()))
  }),
  exp: eitherName('number', (value, run) =>
    run.dialect.decimalFunctions ? exponential(value) : fromBinary(Math.exp(value.toNumber())),
  ),
  odd: eitherName('number', (value) => value.isInteger() && !value.mod(2).isZero()),
  even: eitherName('number', (value) => value.isInteger() && value.mod(2).isZero()),
  'random number': [way([], () => new FeelDecimal(Math.random()))],
}

function known(value: Decimal): Decimal | null {
  return value.isFinite() ? value : null
}

// Beyond it the answer has more digits before the point than a number may have.
const LARGEST_EXPONENT = 14_147

function exponential(value: Decimal): Decimal | null {
  return value.abs().gt(LARGEST_EXPONENT) ? (value.isNegative() ? new FeelDecimal(0) : null) : known(value.exp())
}

// The standard calls the parameter "number", of abs() "n"; the reference implementation knows both names.
function eitherName(name: 'number' | 'n', body: (value: Decimal, run: Run) => FeelValue): Way[] {
  return [way([number(name)], body), { ...way([number(name === 'n' ? 'number' : 'n')], body), notStandard: true }]
}

function rounding(mode: Decimal.Rounding): BuiltIn {
  return [way([number('n')], (value) => rounded(value, 0, mode)), ...roundingTo(mode)]
}

function roundingTo(mode: Decimal.Rounding): BuiltIn {
  return [way([number('n'), number('scale')], (value, scale) => rounded(value, scale.trunc().toNumber(), mode))]
}

