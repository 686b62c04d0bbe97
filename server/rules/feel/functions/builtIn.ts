import type { Decimal } from 'decimal.js'
import {
  isBoolean,
  isContext,
  isDate,
  isDateTime,
  isDaysTimeDuration,
  isFunction,
  isList,
  isNumber,
  isRange,
  isString,
  isTemporal,
  isTime,
  isYearsMonthsDuration,
} from '../values.ts'
import type { FeelContext, FeelFunction, FeelRange, FeelValue, Run } from '../values.ts'
import type { FeelDate, FeelDateTime, FeelTime } from '../temporal/dateTime.ts'
import type { DaysTimeDuration, YearsMonthsDuration } from '../temporal/durations.ts'

/** A parameter: its name, as it is given in a call with names, and what it takes. */
export interface Parameter<T extends FeelValue> {
  readonly name: string
  readonly accepts: (value: FeelValue) => value is T
}

/** One way to call a built-in function. */
export interface Way {
  readonly names: readonly string[]
  /** Takes any number of arguments, as the items of the one list it declares. */
  readonly many: boolean
  /** Has names that only the reference implementation knows. */
  readonly notStandard?: true
  /** The result; null when an argument is of another type. */
  invoke(args: readonly FeelValue[], run: Run): FeelValue
}

/** A built-in function: the ways to call it, tried in order. */
export type BuiltIn = readonly Way[]

type Arguments<P extends readonly Parameter<FeelValue>[]> = {
  [K in keyof P]: P[K] extends Parameter<infer T> ? T : never
}

/** A way with a fixed list of parameters. */
export function way<const P extends readonly Parameter<FeelValue>[]>(
  parameters: P,
  body: (...args: [...Arguments<P>, Run]) => FeelValue,
): Way {
  return {
    names: parameters.map((each) => each.name),
    many: false,
    invoke(args, run) {
      const taken: FeelValue[] = []
      for (const [index, { accepts }] of parameters.entries()) {
        const value = args[index] ?? null
        if (accepts(value)) taken.push(value)
        else {
          const coerced = run.dialect.coercedArguments ? coercion(value, accepts) : null
          if (coerced === null) return null
          taken.push(coerced)
        }
      }
      return body(...([...taken, run] as unknown as [...Arguments<P>, Run]))
    },
  }
}

function coercion(value: FeelValue, accepts: (value: FeelValue) => boolean): FeelValue {
  if (value === null) return null
  const only = isList(value) && value.length === 1 ? (value[0] ?? null) : null
  if (only !== null && accepts(only)) return only
  return accepts([value]) ? [value] : null
}

/** The two ways of a function over a list: with the list, or with its items one by one. */
export function listOrItems(body: (items: readonly FeelValue[], run: Run) => FeelValue): BuiltIn {
  return [
    way([list('list')], body),
    { names: ['list'], many: true, invoke: body },
  ]
}

/** A way with any number of arguments of any type. */
export function many(name: string, body: (items: readonly FeelValue[], run: Run) => FeelValue): Way {
  return { names: [name], many: true, invoke: body }
}

const parameter =
  <T extends FeelValue>(accepts: (value: FeelValue) => value is T) =>
  (name: string): Parameter<T> => ({ name, accepts })

export const any = parameter<FeelValue>((value): value is FeelValue => value !== undefined)
export const text = parameter<string>(isString)
export const number = parameter<Decimal>(isNumber)
export const boolean = parameter<boolean>(isBoolean)
export const list = parameter<FeelValue[]>(isList)
export const context = parameter<FeelContext>(isContext)
export const lambda = parameter<FeelFunction>(isFunction)
export const range = parameter<FeelRange>(isRange)
export const date = parameter<FeelDate>(isDate)
export const time = parameter<FeelTime>(isTime)
export const dateTime = parameter<FeelDateTime>(isDateTime)
export const daysTime = parameter<DaysTimeDuration>(isDaysTimeDuration)
export const yearsMonths = parameter<YearsMonthsDuration>(isYearsMonthsDuration)
export const orNull = <T extends FeelValue>({ name, accepts }: Parameter<T>): Parameter<T | null> => ({
  name,
  accepts: (value): value is T | null => value === null || accepts(value),
})
export const textOrNull = parameter<string | null>((value): value is string | null => value === null || isString(value))
export const day = parameter<FeelDate | FeelDateTime>((value): value is FeelDate | FeelDateTime => isDate(value) || isDateTime(value))
export const point = parameter<FeelValue>((value): value is FeelValue => isNumber(value) || isTemporal(value))
