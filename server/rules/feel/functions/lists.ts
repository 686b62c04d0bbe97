import type { Decimal } from 'decimal.js'
import { add, decimal, divide, FeelDecimal, fromBinary, multiply, subtract } from '../decimals.ts'
import type { Dialect } from '../dialects.ts'
import { FeelEvaluationError } from '../errors.ts'
import { either, both, order, same, truth } from '../compare.ts'
import { isBoolean, isList, isNumber, isString } from '../values.ts'
import type { FeelFunction, FeelValue, Run } from '../values.ts'
import { any, lambda, list, listOrItems, many, number, way } from './builtIn.ts'
import type { BuiltIn } from './builtIn.ts'

/** Functions on lists. Positions count from 1, from the end when negative. */
export const listFunctions: Readonly<Record<string, BuiltIn>> = {
  'list contains': [way([list('list'), any('element')], (items, element, run) => items.some((item) => same(item, element, run)))],
  count: [way([list('list')], (items) => decimal(items.length))],
  min: listOrItems((items, run) => outermost(items, -1, run)),
  max: listOrItems((items, run) => outermost(items, 1, run)),
  sum: listOrItems((items) => total(items)),
  product: listOrItems((items) => (items.length && items.every(isNumber) ? items.reduce<Decimal | null>(product, ONE) : null)),
  mean: listOrItems(mean),
  median: listOrItems(median),
  stddev: listOrItems((items, run) => standardDeviation(items, run.dialect)),
  mode: listOrItems(mode),
  all: listOrItems((items) => items.map(truth).reduce(both, true)),
  any: listOrItems((items) => items.map(truth).reduce(either, false)),
  sublist: [
    way([list('list'), number('start position')], (items, start, run) => sublist(items, start, run.dialect)),
    way([list('list'), number('start position'), number('length')], (items, start, length, run) =>
      sublist(items, start, run.dialect, length),
    ),
  ],
  append: [many('list', ([first = null, ...items], run) => (items.length ? appended(first, items, run.dialect) : null))],
  concatenate: [many('lists', (lists, run) => (lists.length ? joined(lists, run) : null))],
  'insert before': [
    way([list('list'), number('position'), any('newItem')], (items, position, item, run) => {
      if (run.dialect.strictPositions && !isInside(position, items.length)) return null
      const at = clamp(indexOf(position, items.length), items.length)
      return [...items.slice(0, at), item, ...items.slice(at)]
    }),
  ],
  remove: [
    way([list('list'), number('position')], (items, position, run) => {
      if (run.dialect.strictPositions && !isInside(position, items.length)) return null
      const at = indexOf(position, items.length)
      return items.filter((_, index) => index !== at)
    }),
  ],
  'list replace': [
    way([list('list'), number('position'), any('newItem')], (items, position, item, run) => {
      if (run.dialect.strictPositions && !isInside(position, items.length)) return null
      const at = indexOf(position, items.length)
      return items.map((each, index) => (index === at ? item : each))
    }),
    way([list('list'), lambda('match'), any('newItem')], (items, match, item, run) => replaced(items, match, item, run)),
  ],
  reverse: [way([list('list')], (items) => [...items].reverse())],
  'index of': [
    way([list('list'), any('match')], (items, match, run) =>
      items.flatMap((item, index) => (same(item, match, run) ? [decimal(index + 1)] : [])),
    ),
  ],
  union: [many('list', (lists, run) => distinct(joined(lists, run), run))],
  'distinct values': [way([list('list')], distinct)],
  'duplicate values': [
    way([list('list')], (items, run) => distinct(items, run).filter((item) => items.filter((other) => seen(other, item, run)).length > 1)),
  ],
  flatten: [way([list('list')], flat)],
  sort: [way([list('list'), lambda('precedes')], sorted), way([list('list'), lambda('function')], sorted)],
  partition: [
    way([list('list'), number('size')], (items, size) => {
      const each = size.trunc().toNumber()
      if (each < 1) return null
      return Array.from({ length: Math.ceil(items.length / each) }, (_, index) => items.slice(index * each, (index + 1) * each))
    }),
  ],
}

const ONE = new FeelDecimal(1)

function product(left: Decimal | null, right: Decimal): Decimal | null {
  return left && multiply(left, right)
}

function total(items: readonly FeelValue[]): Decimal | null {
  if (!items.length || !items.every(isNumber)) return null
  return items.slice(1).reduce<Decimal | null>((sum, item) => sum && add(sum, item), items[0] ?? null)
}

function mean(items: readonly FeelValue[]): Decimal | null {
  const sum = total(items)
  return sum && divide(sum, decimal(items.length))
}

function median(items: readonly FeelValue[]): Decimal | null {
  if (!items.length || !items.every(isNumber)) return null
  const ordered = [...items].sort((left, right) => left.cmp(right))
  const middle = Math.floor(ordered.length / 2)
  if (ordered.length % 2) return ordered[middle] ?? null
  return mean(ordered.slice(middle - 1, middle + 1))
}

function standardDeviation(items: readonly FeelValue[], dialect: Dialect): Decimal | null {
  const center = mean(items)
  if (!center || !items.every(isNumber)) return null
  if (items.length === 1) throw new FeelEvaluationError('arithmetic', 'Expected at least two numbers in stddev(), but found one')
  const squares = items.map((item) => FeelDecimal.pow(subtract(item, center) ?? 0, 2))
  const variance = FeelDecimal.div(FeelDecimal.sum(...squares), items.length - 1)
  return dialect.decimalFunctions ? variance.sqrt() : fromBinary(Math.sqrt(variance.toNumber()))
}

function mode(items: readonly FeelValue[]): FeelValue {
  if (!items.every(isNumber)) return null
  const ordered = [...items].sort((left, right) => left.cmp(right))
  const counts: { value: Decimal; times: number }[] = []
  for (const value of ordered) {
    const last = counts.at(-1)
    if (last?.value.eq(value)) last.times++
    else counts.push({ value, times: 1 })
  }
  const most = Math.max(...counts.map((each) => each.times))
  return counts.filter((each) => each.times === most).map((each) => each.value)
}

function outermost(items: readonly FeelValue[], direction: 1 | -1, run: Run): FeelValue {
  let found = items[0] ?? null
  for (const item of items.slice(1)) {
    const place = order(item, found, run)
    if (place === null) return null
    if (place * direction > 0) found = item
  }
  return items.length > 1 || order(found, found, run) !== null ? found : null
}

function sublist(items: readonly FeelValue[], start: Decimal, dialect: Dialect, length?: Decimal): FeelValue {
  const lacks = length !== undefined && (length.lt(1) || length.trunc().gt(items.length - indexOf(start, items.length)))
  if (dialect.strictPositions && (lacks || !isInside(start, items.length))) return null
  if (start.trunc().isZero()) return []
  const from = Math.max(indexOf(start, items.length), 0)
  const rest = items.slice(from)
  return length ? rest.slice(0, Math.max(length.trunc().toNumber(), 0)) : rest
}

function joined(lists: readonly FeelValue[], run: Run): FeelValue[] {
  run.step(lists.reduce<number>((sum, each) => sum + (isList(each) ? each.length : 1), 0))
  return lists.flatMap((each) => (isList(each) ? each : [each]))
}

function seen(left: FeelValue, right: FeelValue, run: Run): boolean {
  run.step()
  return same(left, right, run)
}

function distinct(items: readonly FeelValue[], run: Run): FeelValue[] {
  const kept: FeelValue[] = []
  const keys = new Set<string>()
  for (const item of items) {
    const key = keyOf(item)
    const known = key === null ? kept.some((other) => seen(other, item, run)) : keys.has(key)
    if (known) continue
    if (key !== null) keys.add(key)
    kept.push(item)
  }
  return kept
}

// What tells texts and numbers apart from all others; the rest has to be compared with each other.
function keyOf(item: FeelValue): string | null {
  if (isNumber(item)) return `number ${item.isZero() ? '0' : item.toString()}`
  return isString(item) ? `text ${item}` : null
}

function flat(items: readonly FeelValue[], run: Run): FeelValue[] {
  run.step(items.length)
  return items.flatMap((item) => (isList(item) ? flat(item, run) : [item]))
}

function replaced(items: readonly FeelValue[], match: FeelFunction, item: FeelValue, run: Run): FeelValue {
  if (match.parameters.length !== 2) return null
  const answers = items.map((each) => match.invoke([each, item], run))
  return answers.every(isBoolean) ? items.map((each, index) => (answers[index] === true ? item : each)) : null
}

function sorted(items: readonly FeelValue[], precedes: FeelFunction, run: Run): FeelValue {
  return [...items].sort((left, right) => {
    run.step()
    if (precedes.invoke([left, right], run) === true) return -1
    return precedes.invoke([right, left], run) === true ? 1 : 0
  })
}

function isInside(position: Decimal, length: number): boolean {
  return !position.trunc().isZero() && position.trunc().abs().lte(length)
}

function appended(to: FeelValue, items: readonly FeelValue[], dialect: Dialect): FeelValue {
  if (isList(to)) return [...to, ...items]
  return dialect.coercedArguments && to !== null ? [to, ...items] : null
}

function indexOf(position: Decimal, length: number): number {
  const whole = position.trunc().toNumber()
  return whole > 0 ? whole - 1 : length + whole
}

function clamp(index: number, length: number): number {
  return Math.min(Math.max(index, 0), length)
}
