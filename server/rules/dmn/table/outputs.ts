import type { CompiledUnaryTests, Dialect, FeelContext, FeelValue, Run } from '../../feel/index.ts'
import { same } from '../../feel/compare.ts'
import { childOf, listOf, textOf } from '../../moddle.ts'
import type { Moddle } from '../../moddle.ts'
import type { Logic, Site } from '../model.ts'
import { answered } from '../reading.ts'
import type { Reading, Surroundings } from '../reading.ts'
import { fit } from '../types/dataType.ts'
import type { DataType } from '../types/dataType.ts'

/** A column of results. */
export interface Output {
  readonly id: string
  readonly name: string
  readonly label: string
  /** What a rule gives, as the column wants it; null for what it does not take. */
  readonly fits: (value: FeelValue) => FeelValue
  readonly byDefault: Logic | undefined
  /** The values it may have, as a list, the most important first; undefined where none are listed. */
  readonly values: Logic | undefined
}

/** What a rule gives: one value per column. */
export type Row = readonly FeelValue[]

/** Reads the columns of results. Only a single one may be without a name. */
export function readOutputs(table: Moddle, around: Surroundings, reading: Reading): Output[] {
  const elements = listOf(table, 'output')
  return elements.map((each) => {
    const { id = '', name = '' } = each
    const label = textOf(each, 'label') ?? name
    if (elements.length > 1 && name === '') reading.refuse(each, `no output name defined for \`${label}\``)
    const type = reading.typeNamed(textOf(each, 'typeRef'))
    const listed = textOf(childOf(each, 'outputValues'), 'text')?.trim()
    const values = listed ?? type?.allowed
    const byDefault = childOf(each, 'defaultOutputEntry')
    return {
      id,
      name,
      label,
      fits: reading.dialect.typesAsked ? fitting(type, listed && reading.tests(each, listed, around), reading.dialect) : (value) => value,
      byDefault: byDefault && reading.expression(byDefault, textOf(byDefault, 'text'), around),
      values: values ? reading.expression(each, `[${values}]`, around) : undefined,
    }
  })
}

function fitting(type: DataType | undefined, allowed: CompiledUnaryTests | '' | undefined, dialect: Dialect): Output['fits'] {
  return (value) => {
    const made = fit(value, type)
    const isAllowed = made === null || !allowed || answered(dialect, () => allowed.evaluate(made, { get: () => undefined })) === true
    return isAllowed ? made : null
  }
}

/** A row as it leaves the table: bare when there is one column, else a context. */
export function shown(row: Row, outputs: readonly Output[]): FeelValue {
  if (outputs.length === 1) return row[0] ?? null
  const context: FeelContext = new Map()
  for (const [index, output] of outputs.entries()) context.set(output.name, row[index] ?? null)
  return context
}

/** What a table gives by default, when no rule matches. */
export function rowByDefault(outputs: readonly Output[], site: Site, { defaultsFilled }: Dialect): FeelValue {
  const used = defaultsFilled ? outputs : outputs.filter((each) => each.byDefault)
  return shown(used.map(({ byDefault, fits }) => fits(byDefault?.(site) ?? null)), used)
}

/** Whether two rows give the same. */
export function sameRow(left: Row, right: Row, run: Run): boolean {
  return left.every((value, index) => same(value, right[index] ?? null, run))
}
