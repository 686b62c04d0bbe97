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
  isTime,
  isYearsMonthsDuration,
} from '../values.ts'
import type { FeelValue } from '../values.ts'
import { compile } from './compile.ts'
import { child } from './context.ts'
import type { Compilation } from './context.ts'
import type { Code } from './scope.ts'
import type { Part } from './tree.ts'

type Is = (value: FeelValue) => boolean

/** `value instance of type`. Null is of no type, not even of Any. */
export function instanceOf(part: Part, compilation: Compilation): Code {
  const value = compile(child(compilation, part, 0), compilation)
  const is = typeOf(child(compilation, part, 1), compilation)
  return (place) => is(value(place))
}

const named: ReadonlyMap<string, Is> = new Map<string, Is>([
  ['Any', (value) => value !== null],
  ['number', isNumber],
  ['string', isString],
  ['boolean', isBoolean],
  ['list', isList],
  ['context', isContext],
  ['date', isDate],
  ['time', isTime],
  ['date and time', isDateTime],
  ['days and time duration', isDaysTimeDuration],
  ['years and months duration', isYearsMonthsDuration],
  ['function', isFunction],
  ['range', isRange],
])

function typeOf(part: Part, compilation: Compilation): Is {
  const inner = part.children[0]
  if (inner?.kind === 'ListType') {
    const item = typeOf(child(compilation, inner, inner.children.length - 1), compilation)
    return (value) => isList(value) && value.every(item)
  }
  if (inner?.kind === 'ContextType') {
    const entries = (inner.children.at(-1)?.children ?? []).map((entry) => ({
      key: child(compilation, entry, 0).text,
      is: typeOf(child(compilation, entry, 1), compilation),
    }))
    return (value) => isContext(value) && entries.every(({ key, is }) => is(value.get(key) ?? null))
  }
  if (inner?.kind === 'FunctionType') return isFunction
  return named.get(part.text.replace(/\s+/g, ' ')) ?? (() => false)
}
