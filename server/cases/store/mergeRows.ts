import type { Transaction } from '../../db/transaction.ts'
import type { Json } from '../case.ts'
import type { Capacity, MergeField, Moved, PersonMerge } from '../people/personMerge.ts'
import { ours } from './ours.ts'

/** The columns that belong to a field: they are taken and put back together. */
const columnsOf: Readonly<Record<MergeField | 'number', readonly string[]>> = {
  name: ['given_name', 'family_name', 'search_key'],
  bornOn: ['born_on'],
  address: ['address'],
  email: ['email'],
  phone: ['phone'],
  language: ['language'],
  number: ['identifier_hash', 'identifier_mask'],
}

/** A row of `people` as the database itself writes it down. */
export type PersonSnapshot = Record<string, Json>

export async function snapshotOf(trx: Transaction, id: string): Promise<PersonSnapshot> {
  const { rows } = await trx.raw(`SELECT to_jsonb(people) - 'email_key' - 'phone_key' AS row FROM people WHERE id = :id`, { id })
  return rows[0].row
}

/** Lets the row lead to the kept one. Its number goes with that, since a number is found at one row only. */
export async function leadTo(trx: Transaction, mergedId: string, keptId: string): Promise<void> {
  await trx('people').where({ id: mergedId }).update({ merged_into: keptId, identifier_hash: null })
}

/** Lets the kept row have these fields as the other had them. */
export async function takeFields(
  trx: Transaction, keptId: string, other: PersonSnapshot, fields: readonly (MergeField | 'number')[],
): Promise<void> {
  const columns = fields.flatMap((field) => columnsOf[field]).join(', ')
  if (columns === '') return
  await trx.raw(
    `UPDATE people SET (${columns}) = (SELECT ${columns} FROM jsonb_populate_record(NULL::people, :other::jsonb)) WHERE id = :keptId`,
    { keptId, other: JSON.stringify(other) },
  )
}

/** Puts back what the merge changed of the kept row. A field that was changed again since stays as it is now. */
export async function putBackKept(trx: Transaction, keptId: string, before: PersonSnapshot, after: PersonSnapshot): Promise<void> {
  const row = (of: string, columns: readonly string[]): string => `ROW(${columns.map((column) => `${of}.${column}`).join(', ')})`
  const sets = Object.values(columnsOf).flatMap((columns) => columns.map((column) =>
    `${column} = CASE WHEN ${row('people', columns)} IS NOT DISTINCT FROM ${row('became', columns)} THEN was.${column} ELSE people.${column} END`))
  await trx.raw(
    `UPDATE people SET ${sets.join(', ')}
     FROM   jsonb_populate_record(NULL::people, :before::jsonb) AS was, jsonb_populate_record(NULL::people, :after::jsonb) AS became
     WHERE  people.id = :keptId`,
    { keptId, before: JSON.stringify(before), after: JSON.stringify(after) },
  )
}

/** Lets the merged row stand by itself again, with the number it had. */
export async function putBackMerged(trx: Transaction, mergedId: string, before: PersonSnapshot): Promise<void> {
  await trx.raw(
    `UPDATE people SET merged_into = NULL, identifier_hash = was.identifier_hash
     FROM   jsonb_populate_record(NULL::people, :before::jsonb) AS was
     WHERE  people.id = :mergedId`,
    { mergedId, before: JSON.stringify(before) },
  )
}

export interface NewMerge {
  id: string
  keptId: string
  mergedId: string
  keptBefore: PersonSnapshot
  mergedBefore: PersonSnapshot
  keptAfter: PersonSnapshot
  moved: Moved
  reason: string
  at: Date
  by: string
  as: Capacity
}

export async function insertMerge(trx: Transaction, merge: NewMerge): Promise<void> {
  await trx('person_merges').insert({
    tenant_id: ours(trx),
    id: merge.id,
    kept_id: merge.keptId,
    merged_id: merge.mergedId,
    kept_before: JSON.stringify(merge.keptBefore),
    merged_before: JSON.stringify(merge.mergedBefore),
    kept_after: JSON.stringify(merge.keptAfter),
    moved: JSON.stringify(merge.moved),
    reason: merge.reason,
    merged_at: merge.at,
    merged_by: merge.by,
    merged_as: JSON.stringify(merge.as),
  })
}

/** A merge with what it changed, held until the transaction ends. */
export async function lockMerge(
  trx: Transaction, id: string,
): Promise<(PersonMerge & Record<'keptBefore' | 'mergedBefore' | 'keptAfter', PersonSnapshot>) | undefined> {
  const row: MergeRow | undefined = await trx('person_merges').where({ id }).forUpdate().first()
  return row && { ...toMerge(row), keptBefore: row.kept_before, mergedBefore: row.merged_before, keptAfter: row.kept_after }
}

export async function noteUndone(
  trx: Transaction, id: string, undone: { at: Date; by: string; as: Capacity; reason: string },
): Promise<void> {
  await trx('person_merges').where({ id }).update({
    undone_at: undone.at, undone_by: undone.by, undone_as: JSON.stringify(undone.as), undo_reason: undone.reason,
  })
}

/** All merges in which the person was kept, or was merged and stands by itself again; newest first. */
export async function mergesOf(trx: Transaction, personId: string): Promise<PersonMerge[]> {
  const rows: MergeRow[] = await trx('person_merges')
    .where({ kept_id: personId }).orWhere({ merged_id: personId }).orderBy([{ column: 'merged_at', order: 'desc' }, { column: 'id', order: 'desc' }])
  return rows.map(toMerge)
}

/** The newest of the merges into a row that still stand: they are undone in reverse order. */
export async function newestStandingMerge(trx: Transaction, keptId: string): Promise<string | undefined> {
  const row: { id: string } | undefined = await trx('person_merges')
    .where({ kept_id: keptId }).whereNull('undone_at').orderBy([{ column: 'merged_at', order: 'desc' }, { column: 'id', order: 'desc' }]).first('id')
  return row?.id
}

interface MergeRow {
  id: string
  kept_id: string
  merged_id: string
  kept_before: PersonSnapshot
  merged_before: PersonSnapshot
  kept_after: PersonSnapshot
  moved: Moved
  reason: string
  merged_at: Date
  merged_as: Capacity
  undone_at: Date | null
  undone_as: Capacity | null
  undo_reason: string | null
}

function toMerge(row: MergeRow): PersonMerge {
  return {
    id: row.id,
    keptId: row.kept_id,
    mergedId: row.merged_id,
    reason: row.reason,
    mergedAt: row.merged_at,
    mergedAs: row.merged_as,
    undoneAt: row.undone_at,
    undoneAs: row.undone_as,
    undoReason: row.undo_reason,
    moved: row.moved,
  }
}
