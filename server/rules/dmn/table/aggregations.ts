import type { Decimal } from 'decimal.js'
import { order } from '../../feel/compare.ts'
import { add, decimal } from '../../feel/decimals.ts'
import { isNumber } from '../../feel/index.ts'
import type { Dialect, FeelValue, Run } from '../../feel/index.ts'
import { DecisionFault } from '../model.ts'
import { quoted } from '../types/dataType.ts'

interface How {
  readonly dialect: Dialect
  readonly run: Run
}

/** What COLLECT, or its aggregation, makes of no rows, where the dialect has it so. */
export const nothingCollected: Readonly<Record<string, FeelValue>> = { COLLECT: [], COUNT: decimal(0) }

/** What COLLECT makes of the values of its one column. */
export const aggregations: Readonly<Record<string, (values: readonly FeelValue[], how: How) => FeelValue>> = {
  COUNT: (values) => decimal(values.length),
  SUM: (values, { dialect }) =>
    numbers(values, dialect)?.reduce((sum: Decimal | null, value) => sum && add(sum, value), decimal(0)) ?? null,
  MIN: (values, how) => extreme(values, how, (compared) => compared < 0),
  MAX: (values, how) => extreme(values, how, (compared) => compared > 0),
}

function numbers(values: readonly FeelValue[], { orderedAggregated }: Dialect): readonly Decimal[] | null {
  if (values.every(isNumber)) return values
  const other = values.find((value) => !isNumber(value)) ?? null
  if (!orderedAggregated) throw new DecisionFault(`expected number but found '${quoted(other)}'`)
  return null
}

function extreme(values: readonly FeelValue[], { dialect, run }: How, isBetter: (compared: number) => boolean): FeelValue {
  const comparable = dialect.orderedAggregated ? values : numbers(values, dialect) ?? []
  let best = comparable[0] ?? null
  for (const value of comparable.slice(1)) {
    const compared = order(value, best, run)
    if (compared === null) return null
    if (isBetter(compared)) best = value
  }
  return best
}
