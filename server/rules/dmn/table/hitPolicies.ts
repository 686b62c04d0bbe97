import { newRun } from '../../feel/compile/run.ts'
import { same } from '../../feel/compare.ts'
import { isList } from '../../feel/index.ts'
import type { FeelValue, Run } from '../../feel/index.ts'
import { textOf } from '../../moddle.ts'
import type { Moddle } from '../../moddle.ts'
import { DecisionFault } from '../model.ts'
import type { Site } from '../model.ts'
import type { Reading } from '../reading.ts'
import { quoted } from '../types/dataType.ts'
import { aggregations, nothingCollected } from './aggregations.ts'
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
  const { dialect } = reading
  const empty = dialect.emptyCollected ? nothingCollected[aggregation ?? name] ?? null : null
  const runAt = ({ scope }: Site): Run => newRun(scope.now ?? Date.now, dialect)
  if (aggregation === undefined) return { empty, result: (rows, site) => policy?.(rows, { outputs, site, run: runAt(site) }) ?? null }
  const aggregate = aggregations[aggregation]
  if (!aggregate) {
    reading.refuse(table, `Expected one of the aggregations ${Object.keys(aggregations).join(', ')}, but found '${aggregation}'`)
  }
  if (outputs.length > 1) reading.refuse(table, "hit policy 'COLLECT' with aggregator is not defined for compound output")
  return {
    empty,
    result(rows, site) {
      if (outputs.length > 1) return null
      return aggregate?.(rows.map((row) => row[0] ?? null), { dialect, run: runAt(site) }) ?? null
    },
  }
}

type Policy = (rows: readonly [Row, ...Row[]], table: Table) => FeelValue

interface Table {
  readonly outputs: readonly Output[]
  readonly site: Site
  readonly run: Run
}

const hitPolicies: Readonly<Record<string, Policy>> = {
  UNIQUE(rows, { outputs }) {
    if (rows.length > 1) throw new DecisionFault(`multiple values aren't allowed for UNIQUE hit policy. found: '${found(rows, outputs)}'`)
    return shown(rows[0], outputs)
  },
  FIRST: ([first], { outputs }) => shown(first, outputs),
  PRIORITY: (rows, table) => shown(byPriority(rows, table)[0] ?? rows[0], table.outputs),
  ANY(rows, { outputs, run }) {
    const different = rows.filter((row, index) => rows.findIndex((other) => sameRow(row, other, run)) === index)
    if (different.length > 1) {
      throw new DecisionFault(`different values aren't allowed for ANY hit policy. found: '${found(different, outputs)}'`)
    }
    return shown(rows[0], outputs)
  },
  COLLECT: (rows, { outputs }) => rows.map((row) => shown(row, outputs)),
  'RULE ORDER': (rows, { outputs }) => rows.map((row) => shown(row, outputs)),
  'OUTPUT ORDER': (rows, table) => byPriority(rows, table).map((row) => shown(row, table.outputs)),
}

// The first column decides, then the second; what is not listed comes last. Among equals the order of the table stays.
function byPriority(rows: readonly Row[], { outputs, site, run }: Table): readonly Row[] {
  const ranks = outputs.map(({ values }) => {
    const listed = values?.(site) ?? null
    return isList(listed) ? listed : []
  })
  const rankOf = (row: Row, column: number): number => {
    const listed = ranks[column] ?? []
    const rank = listed.findIndex((value) => same(value, row[column] ?? null, run))
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
