import { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import type { Transaction } from '../../db/transaction.ts'
import type { Municipality } from '../../zeebe/municipality.ts'
import { takeNextInBook } from '../store/registerRows.ts'

export interface RegisterNumber {
  bookId: string
  sequence: number
  /** As written: by the town's template. */
  number: string
}

/**
 * The next number of the town's register. Gap-free: the book's row stays locked until the transaction ends,
 * and a filing that fails gives its number back. Ask for it as late as possible, others wait.
 */
export async function nextNumber(
  trx: Transaction,
  tenant: Municipality,
  given: { class: string; unitId: string; atMs: number },
): Promise<RegisterNumber> {
  // The year and the day are the town's own: at 23:30 UTC on 31 December Sombor is in the next year.
  const day = DateTime.fromMillis(given.atMs, { zone: tenant.timeZone })
  const book = await takeNextInBook(trx, { id: uuidv7(), class: tenant.numbering.scope === 'class' ? given.class : '', year: day.year })
  const prefix = tenant.units.find((unit) => unit.id === given.unitId)?.prefix ?? ''
  return { ...book, number: fillTemplate(tenant.numbering.template, { unit: prefix, class: given.class, seq: book.sequence, day }) }
}

/** The number of a case's act by the town's template: `{case}/{act}`. */
export function actNumber(tenant: Municipality, caseNumber: string, act: number): string {
  return tenant.numbering.actTemplate.replace('{case}', caseNumber).replace('{act}', String(act))
}

function fillTemplate(template: string, values: { unit: string; class: string; seq: number; day: DateTime }): string {
  const gaps: Readonly<Record<string, string>> = {
    unit: values.unit,
    class: values.class,
    seq: String(values.seq),
    yyyy: values.day.toFormat('yyyy'),
    yy: values.day.toFormat('yy'),
    'dd.MM.yyyy': values.day.toFormat('dd.MM.yyyy'),
  }
  return template.replace(/\{([^}]+)\}/g, (gap, name: string) => {
    const value = gaps[name]
    if (value === undefined) {
      throw new Error(`Expected a numbering template of {unit} {class} {seq} {yyyy} {yy} {dd.MM.yyyy}, but found ${gap}`)
    }
    return value
  })
}
