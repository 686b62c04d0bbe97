import type { Decimal } from 'decimal.js'
import { decimal, FeelDecimal, fromBinary } from '../decimals.ts'
import { isContext, isNumber, isString } from '../values.ts'
import type { FeelValue } from '../values.ts'

/** A method of Java: null for arguments that it does not take. */
export type JavaMethod = (args: readonly FeelValue[]) => FeelValue

/**
 * The method that an external function names by class and signature (DMN 1.3, 10.3.2.13.3), as far as it is one of Java's own that only
 * calculate: no Java is run, and no class of anybody else's. Undefined for every other.
 */
export function javaMethod(className: FeelValue, signature: FeelValue): JavaMethod | undefined {
  if (!isString(className) || !isString(signature)) return undefined
  const [, name = '', types = ''] = /^\s*(\w+)\s*\(([^()]*)\)\s*$/.exec(signature) ?? []
  const parameters = types.trim() === '' ? [] : types.split(',').map((type) => type.trim())
  return methodOf(className, name, parameters)
}

/** The same for the body of such a function: `{java: {class: …, method signature: …}}`, or what stands inside. */
export function javaMethodOf(body: FeelValue): JavaMethod | undefined {
  if (!isContext(body)) return undefined
  const java = body.get('java') ?? body
  return isContext(java) ? javaMethod(java.get('class') ?? null, java.get('method signature') ?? null) : undefined
}

function methodOf(className: string, name: string, types: readonly string[]): JavaMethod | undefined {
  if (className === 'java.lang.Math') return mathMethod(name, types)
  if (className === 'java.lang.String') return textMethod(name, types)
  const [type = ''] = types
  const primitive = boxes.get(className)
  const parses = name === `parse${primitive === 'int' ? 'Int' : className.replace('java.lang.', '')}` || name === 'valueOf'
  if (types.length !== 1 || primitive === undefined || !parses) return undefined
  if (type === 'java.lang.String') return ([text = null]) => numberOf(isString(text) ? text : '', primitive)
  return type === primitive && name === 'valueOf' ? ([value = null]) => taken(value, primitive) : undefined
}

const boxes = new Map([
  ['java.lang.Byte', 'byte'], ['java.lang.Short', 'short'], ['java.lang.Integer', 'int'], ['java.lang.Long', 'long'],
  ['java.lang.Float', 'float'], ['java.lang.Double', 'double'],
])

// What a type of Java takes of a number; null where it is too large for it, or has a fraction that it cannot keep.
const primitives: Readonly<Record<string, (value: Decimal) => Decimal | null>> = {
  byte: whole(8), short: whole(16), int: whole(32), long: whole(64), float: (value) => nearestFloat(value.toNumber()),
  double: (value) => fromBinary(value.toNumber()),
}

function whole(bits: number): (value: Decimal) => Decimal | null {
  const limit = FeelDecimal.pow(2, bits - 1)
  return (value) => (value.isInteger() && value.gte(limit.neg()) && value.lt(limit) ? value : null)
}

// The shortest decimal that means the same number of 32 bits, as Java prints it.
function nearestFloat(value: number): Decimal | null {
  const float = Math.fround(value)
  if (!Number.isFinite(float)) return null
  const digits = [6, 7, 8].find((count) => Math.fround(Number(float.toPrecision(count))) === float) ?? 9
  return decimal(Number(float.toPrecision(digits)))
}

function taken(value: FeelValue, type: string): Decimal | null {
  return isNumber(value) ? (primitives[type]?.(value) ?? null) : null
}

function numberOf(text: string, type: string): Decimal | null {
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text.trim()) ? taken(decimal(text.trim().replace(/^\+/, '')), type) : null
}

type Calculation = (...numbers: number[]) => number

const ofDoubles: Readonly<Record<string, Calculation>> = {
  sin: Math.sin, cos: Math.cos, tan: Math.tan, asin: Math.asin, acos: Math.acos, atan: Math.atan, atan2: Math.atan2,
  sinh: Math.sinh, cosh: Math.cosh, tanh: Math.tanh, exp: Math.exp, log: Math.log, log10: Math.log10, sqrt: Math.sqrt, cbrt: Math.cbrt,
  pow: Math.pow, hypot: Math.hypot, ceil: Math.ceil, floor: Math.floor, signum: Math.sign,
  toRadians: (degrees = 0) => (degrees / 180) * Math.PI, toDegrees: (radians = 0) => (radians * 180) / Math.PI,
}

const ofAnyNumbers: Readonly<Record<string, (...numbers: Decimal[]) => Decimal>> = {
  max: (...numbers) => FeelDecimal.max(...numbers),
  min: (...numbers) => FeelDecimal.min(...numbers),
  abs: (number) => FeelDecimal.abs(number ?? 0),
}

const ARITIES: Readonly<Record<string, number>> = { atan2: 2, pow: 2, hypot: 2, max: 2, min: 2 }

function mathMethod(name: string, types: readonly string[]): JavaMethod | undefined {
  const [type = ''] = types
  if (types.length !== (ARITIES[name] ?? 1) || !types.every((each) => each === type && Object.hasOwn(primitives, each))) return undefined
  const takes = (calculate: (numbers: Decimal[]) => FeelValue): JavaMethod => (args) => {
    const numbers = args.map((each) => taken(each, type))
    return numbers.length === types.length && numbers.every((each) => each !== null) ? calculate(numbers) : null
  }
  const exact = Object.hasOwn(ofAnyNumbers, name) ? ofAnyNumbers[name] : undefined
  if (exact) return takes((numbers) => exact(...numbers))
  const binary = Object.hasOwn(ofDoubles, name) ? ofDoubles[name] : undefined
  return binary && type === 'double' ? takes((numbers) => fromBinary(binary(...numbers.map((each) => each.toNumber())))) : undefined
}

function textMethod(name: string, types: readonly string[]): JavaMethod | undefined {
  const [type = ''] = types
  if (name === 'valueOf' && types.length === 1) {
    if (type === 'char') return ([sign = null]) => (isString(sign) && sign.length === 1 ? sign : null)
    return Object.hasOwn(primitives, type) ? ([value = null]) => taken(value, type)?.toString() ?? null : undefined
  }
  if (name !== 'format' || types.length !== 2 || type !== 'java.lang.String' || !OBJECTS.test(types[1] ?? '')) return undefined
  return ([pattern = null, ...values]) => (isString(pattern) ? formatted(pattern, values) : null)
}

// Any number of arguments, as a class file or as a person writes it.
const OBJECTS = /^(?:\[Ljava\.lang\.Object;|java\.lang\.Object(?:\.\.\.|\[\]))$/

// Only the plain places of java.util.Formatter; a pattern with any other has no answer.
function formatted(pattern: string, values: readonly FeelValue[]): string | null {
  let next = 0
  let isKnown = true
  const made = pattern.replace(/%(.?)/gs, (_, kind: string) => {
    if (kind === '%' || kind === 'n') return kind === '%' ? '%' : '\n'
    const value = values[next++]
    const isGiven = value !== undefined && (kind === 's' || (kind === 'd' && isNumber(value) && value.isInteger()))
    if (!isGiven) isKnown = false
    return String(value)
  })
  return isKnown ? made : null
}
