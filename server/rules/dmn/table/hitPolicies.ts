import type { Decimal } from 'decimal.js'
import { order, same } from '../../feel/compare.ts'
import { add, decimal } from '../../feel/decimals.ts'
import { isList, isNumber } from '../../feel/index.ts'
import type { FeelValue } from '../../feel/index.ts'
import { textOf } from '../../moddle.ts'
import type { Moddle } from '../../moddle.ts'
import type { DecisionDialect } from '../dialects.ts'
import { DecisionFault } from '../model.ts'
import type { Site } from '../model.ts'
import type { Reading } from '../reading.ts'
import { quoted } from '../types/dataType.ts'
import { sameRow, shown } from './outputs.ts'
import type { Output, Row } from './outputs.ts'

export interface HitPolicy {
  /** What a decision table gives when these rows, in the order of the table, matched. */
  result(rows: readonly [Row, ...Row[]], site: Site): FeelValue
  /** What it gives when none did, and no column has a default. */
  readonly empty: FeelValue
}

/** The hit policy of a table, UNIQUE where none is named. */
export function readHitPolicy(table: Moddle, outputs: readonly Output[], reading: Reading): HitPolicy {
  const name = textOf(table, 'hitPolicy') ?? 'UNIQUE'
  const policy = hitPolicies[name]
  const aggregation = name === 'COLLECT' ? textOf(table, 'aggregation') : undefined
  if (!policy) reading.refuse(table, `Expected one of the hit policies ${Object.keys(hitPolicies).join(', ')}, but found '${name}'`)
  const empty = reading.dialect.emptyCollected ? nothingCollected[aggregation ?? name] ?? null : null
  if (aggregation === undefined) return { empty, result: (rows, site) => policy?.(rows, { outputs, site, dialect: reading.dialect }) ?? null }
  const aggregate = aggregations[aggregation]
  if (!aggregate) reading.refuse(table, `Expected one of the aggregations ${Object.keys(aggregations).join(', ')}, but found '${aggregation}'`)
  if (outputs.length > 1) reading.refuse(table, "hit policy 'COLLECT' with aggregator is not defined for compound output")
  return { empty, result: (rows) => (outputs.length === 1 ? aggregate?.(rows.map((row) => row[0] ?? null), reading.dialect) ?? null : null) }
}

type Policy = (rows: readonly [Row, ...Row[]], table: Table) => FeelValue

interface Table {
  readonly outputs: readonly Output[]
  readonly site: Site
  readonly dialect: DecisionDialect
}

const hitPolicies: Readonly<Record<string, Policy>> = {
  UNIQUE(rows, { outputs }) {
    if (rows.length > 1) throw new DecisionFault(`multiple values aren't allowed for UNIQUE hit policy. found: '${found(rows, outputs)}'`)
    return shown(rows[0], outputs)
  },
  FIRST: ([first], { outputs }) => shown(first, outputs),
  PRIORITY: (rows, table) => shown(byPriority(rows, table)[0] ?? rows[0], table.outputs),
  ANY(rows, { outputs, dialect }) {
    const different = rows.filter((row, index) => rows.findIndex((other) => sameRow(row, other, dialect)) === index)
    if (different.length > 1) throw new DecisionFault(`different values aren't allowed for ANY hit policy. found: '${found(different, outputs)}'`)
    return shown(rows[0], outputs)
  },
  COLLECT: (rows, { outputs }) => rows.map((row) => shown(row, outputs)),
  'RULE ORDER': (rows, { outputs }) => rows.map((row) => shown(row, outputs)),
  'OUTPUT ORDER': (rows, table) => byPriority(rows, table).map((row) => shown(row, table.outputs)),
}

// What COLLECT makes of no rows, where the dialect has it so.
const nothingCollected: Readonly<Record<string, FeelValue>> = { COLLECT: [], COUNT: decimal(0) }

/** What COLLECT makes of the values of its one column. */
const aggregations: Readonly<Record<string, (values: readonly FeelValue[], dialect: DecisionDialect) => FeelValue>> = {
  COUNT: (values) => decimal(values.length),
  SUM: (values, dialect) => numbers(values, dialect)?.reduce((sum: Decimal | null, value) => sum && add(sum, value), decimal(0)) ?? null,
  MIN: (values, dialect) => extreme(values, dialect, (compared) => compared < 0),
  MAX: (values, dialect) => extreme(values, dialect, (compared) => compared > 0),
}

function numbers(values: readonly FeelValue[], { onlyNumbersAggregated }: DecisionDialect): readonly Decimal[] | null {
  if (values.every(isNumber)) return values
  const other = values.find((value) => !isNumber(value)) ?? null
  if (onlyNumbersAggregated) throw new DecisionFault(`expected number but found '${quoted(other)}'`)
  return null
}

function extreme(values: readonly FeelValue[], dialect: DecisionDialect, isBetter: (compared: number) => boolean): FeelValue {
  const comparable = dialect.onlyNumbersAggregated ? numbers(values, dialect) ?? [] : values
  let best = comparable[0] ?? null
  for (const value of comparable.slice(1)) {
    const compared = order(value, best, dialect.feel)
    if (compared === null) return null
    if (isBetter(compared)) best = value
  }
  return best
}

// The first column decides, then the second; what is not listed comes last. Among equals the order of the table stays.
function byPriority(rows: readonly Row[], { outputs, site, dialect }: Table): readonly Row[] {
  const ranks = outputs.map(({ values }) => {
    const listed = values?.(site) ?? null
    return isList(listed) ? listed : []
  })
  const rankOf = (row: Row, column: number): number => {
    const listed = ranks[column] ?? []
    const rank = listed.findIndex((value) => same(value, row[column] ?? null, dialect.feel))
    return rank < 0 ? listed.length : rank
  }
  return rows.toSorted((left, right) => {
    const column = outputs.findIndex((_, index) => rankOf(left, index) !== rankOf(right, index))
    return column < 0 ? 0 : rankOf(left, column) - rankOf(right, column)
  })
}

function found(rows: readonly Row[], outputs: readonly Output[]): string {
  return quoted(rows.map((row) => new Map(outputs.map((output, index) => [output.name, row[index] ?? null]))))
}
