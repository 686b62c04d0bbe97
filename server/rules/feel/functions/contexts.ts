import type { Dialect } from '../dialects.ts'
import { isContext, isList, isString } from '../values.ts'
import type { FeelContext, FeelValue } from '../values.ts'
import { any, context, list, many, text, way } from './builtIn.ts'
import type { BuiltIn } from './builtIn.ts'

/** Functions on contexts. */
export const contextFunctions: Readonly<Record<string, BuiltIn>> = {
  'get value': [
    way([context('context'), text('key')], (entries, key) => entries.get(key) ?? null),
    way([context('m'), text('key')], (entries, key) => entries.get(key) ?? null),
    way([context('context'), list('keys')], (entries, keys) => (keys.length ? keys.reduce(entryAt, entries) : null)),
  ],
  'get entries': [
    way([context('context')], entriesOf),
    way([context('m')], entriesOf),
  ],
  'context put': [
    way([context('context'), text('key'), any('value')], putOne),
    way([context('context'), list('keys'), any('value')], (entries, keys, value, run) => putDeep(entries, keys, value, run.dialect)),
  ],
  put: [way([context('context'), text('key'), any('value')], putOne)],
  'context merge': [many('contexts', mergedFrom)],
  'put all': [many('contexts', mergedFrom)],
  context: [way([list('entries')], (entries, run) => fromEntries(entries, run.dialect))],
}

function entriesOf(entries: FeelContext): FeelValue {
  return [...entries].map(([key, value]) => new Map<string, FeelValue>([['key', key], ['value', value]]))
}

function entryAt(value: FeelValue, key: FeelValue): FeelValue {
  return isContext(value) && isString(key) ? (value.get(key) ?? null) : null
}

function putOne(entries: FeelContext, key: string, value: FeelValue): FeelContext {
  return new Map(entries).set(key, value)
}

function putDeep(entries: FeelContext, [key, ...rest]: readonly FeelValue[], value: FeelValue, dialect: Dialect): FeelContext | null {
  if (key === undefined || !isString(key)) return null
  if (!rest.length) return putOne(entries, key, value)
  const inner = entries.get(key)
  if (dialect.strictPositions && inner !== undefined && !isContext(inner)) return null
  const made = putDeep(isContext(inner ?? null) ? (inner as FeelContext) : new Map<string, FeelValue>(), rest, value, dialect)
  return made && putOne(entries, key, made)
}

function mergedFrom(contexts: readonly FeelValue[]): FeelValue {
  return merged(contexts.length === 1 && isList(contexts[0] ?? null) ? contexts[0] : contexts)
}

function merged(contexts: FeelValue | readonly FeelValue[] | undefined): FeelValue {
  if (!Array.isArray(contexts) || !contexts.every(isContext)) return null
  return new Map(contexts.flatMap((each) => [...each]))
}

function fromEntries(entries: readonly FeelValue[], dialect: Dialect): FeelValue {
  const made: FeelContext = new Map()
  for (const entry of entries) {
    if (!isContext(entry)) return null
    const key = entry.get('key')
    const value = entry.get('value')
    if (typeof key !== 'string' || value === undefined) return null
    if (dialect.uniqueKeys && made.has(key)) return null
    made.set(key, value)
  }
  return made
}
