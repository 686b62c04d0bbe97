import { Decimal } from 'decimal.js'

/** Numbers of FEEL: 34 digits, half even, and no exponent beyond IEEE decimal128: none is too long to print. */
export const FeelDecimal = Decimal.clone({
  precision: 34,
  rounding: Decimal.ROUND_HALF_EVEN,
  maxE: 6144,
  minE: -6143,
  toExpNeg: -6143,
  toExpPos: 6145,
})

// 1.50 equals 1.5, but is written "1.50": the decimals shown travel with the number, kept only where they exceed the digits needed.
interface Shown {
  shown?: number
}

/** The number of decimals a number is written with. */
export function decimalsOf(value: Decimal): number {
  return (value as Shown).shown ?? value.decimalPlaces()
}

/** The same number, written with at least `decimals` decimals. */
export function showing(value: Decimal, decimals: number): Decimal {
  if (decimals > 0 && decimals > value.decimalPlaces()) (value as Shown).shown = decimals
  return value
}

/** A number from a JavaScript number, an integer of any size, or a numeral with a point. */
export function decimal(value: number | bigint | string): Decimal {
  if (typeof value === 'number') return new FeelDecimal(value)
  const text = String(value)
  const point = text.indexOf('.')
  const number = new FeelDecimal(text)
  return point < 0 || /e/i.test(text) ? number : showing(number, text.length - point - 1)
}

/** A number that came from a binary calculation is always written with a decimal, as in "4.0". */
export function fromBinary(value: number): Decimal | null {
  return Number.isFinite(value) ? showing(new FeelDecimal(value), 1) : null
}

/** Sum, written with the longer number of decimals. */
export function add(left: Decimal, right: Decimal): Decimal | null {
  const [one, other] = [smallInteger(left), smallInteger(right)]
  if (one !== null && other !== null) return new FeelDecimal(one + other)
  return within(showing(own(left).plus(right), Math.max(decimalsOf(left), decimalsOf(right))))
}

/** Difference, written with the longer number of decimals. */
export function subtract(left: Decimal, right: Decimal): Decimal | null {
  const [one, other] = [smallInteger(left), smallInteger(right)]
  if (one !== null && other !== null) return new FeelDecimal(one - other)
  return within(showing(own(left).minus(right), Math.max(decimalsOf(left), decimalsOf(right))))
}

/** Product, written with both numbers of decimals together. */
export function multiply(left: Decimal, right: Decimal): Decimal | null {
  const [one, other] = [smallInteger(left), smallInteger(right)]
  if (one !== null && other !== null) return new FeelDecimal(one * other)
  return within(showing(own(left).times(right), decimalsOf(left) + decimalsOf(right)))
}

// Whole numbers below ten million, which decimal.js keeps in one piece: what is added or multiplied of them is exact in binary, too.
function smallInteger(value: Decimal): number | null {
  if (value.d?.length !== 1 || value.e < 0 || value.e > 6 || (value as Shown).shown !== undefined) return null
  return value.s * (value.d[0] ?? 0)
}

// The number with our precision and rounding; another maker's has its own.
function own(value: Decimal): Decimal {
  return value instanceof FeelDecimal ? value : new FeelDecimal(value)
}

/** Quotient; null when dividing by zero. */
export function divide(left: Decimal, right: Decimal): Decimal | null {
  if (right.isZero()) return null
  return within(showing(own(left).div(right), decimalsOf(left) - decimalsOf(right)))
}

const LARGEST_EXPONENT = 999_999_999

/** Power: exact for whole exponents, binary like the reference implementation for others. */
export function power(base: Decimal, exponent: Decimal): Decimal | null {
  if (!exponent.isInteger()) return fromBinary(base.toNumber() ** exponent.toNumber())
  if (exponent.abs().gt(LARGEST_EXPONENT)) return null
  const raised = within(FeelDecimal.pow(base, exponent))
  return raised && showing(raised, Math.min(decimalsOf(base) * Math.max(exponent.toNumber(), 0), 34))
}

/** Power in decimals for every exponent. */
export function exactPower(base: Decimal, exponent: Decimal): Decimal | null {
  return exponent.abs().gt(LARGEST_EXPONENT) ? null : within(FeelDecimal.pow(base, exponent))
}

/** Remainder with the sign of the divisor. */
export function modulo(dividend: Decimal, divisor: Decimal): Decimal | null {
  const quotient = FeelDecimal.div(dividend, divisor).floor()
  const shown = Math.max(decimalsOf(dividend), decimalsOf(divisor))
  return within(showing(FeelDecimal.sub(dividend, FeelDecimal.mul(divisor, quotient)), shown))
}

/** Rounded to `scale` decimals (negative: tens, hundreds …), and written with them. */
export function rounded(value: Decimal, scale: number, rounding: Decimal.Rounding): Decimal | null {
  if (!Number.isInteger(scale) || scale < -6111 || scale > 6176) return null // the scales of IEEE decimal128
  const number = new FeelDecimal(value)
  if (scale >= 0) return showing(number.toDecimalPlaces(scale, rounding), scale)
  const unit = FeelDecimal.pow(10, -scale)
  return FeelDecimal.mul(FeelDecimal.div(number, unit).toDecimalPlaces(0, rounding), unit)
}

/** As it is written: all decimals it carries, never an exponent but for very small numbers ("1E-7"). */
export function numberText(value: Decimal): string {
  if (value.isZero() && decimalsOf(value) === 0) return '0'
  if (!value.isZero() && value.e < -6) return value.toExponential().replace('e', 'E').replace('E+', 'E')
  return value.toFixed(decimalsOf(value))
}

/** As JSON writes it: exact, without needless zeros. */
export function numberJson(value: Decimal): string {
  return value.isZero() ? '0' : value.toFixed()
}

function within(value: Decimal): Decimal | null {
  return value.isFinite() ? value : null
}
