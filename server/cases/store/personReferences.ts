import type { Transaction } from '../../db/transaction.ts'
import type { Moved } from '../people/personMerge.ts'

interface Reference {
  table: string
  column: string
  /** What names a row of the table beside the person. */
  key: readonly string[]
  /** A second row with the same key cannot be: where the kept person has one already, the merged row's stays behind. */
  oncePerPerson?: true
}

/**
 * Every column that says whose something is, and so every row that moves when two people turn out to be one. A test compares the list
 * with the foreign keys of the database. What hangs on these rows (papers, messages, drafts, tasks) names no person and need not move.
 */
export const personReferences: readonly Reference[] = [
  { table: 'accounts', column: 'person_id', key: ['id'] },
  { table: 'mandates', column: 'person_id', key: ['id'] },
  { table: 'mandates', column: 'for_person_id', key: ['id'] },
  { table: 'cases', column: 'applicant_id', key: ['id'] },
  { table: 'case_parties', column: 'person_id', key: ['case_id', 'role'], oncePerPerson: true },
  { table: 'registrations', column: 'person_id', key: ['case_id'] },
  { table: 'consents', column: 'person_id', key: ['id'] },
  { table: 'identity_checks', column: 'person_id', key: ['id'] },
  { table: 'person_notes', column: 'person_id', key: ['id'] },
  // Whoever was merged into the row that now leads elsewhere leads there too: one step, never a chain.
  { table: 'people', column: 'merged_into', key: ['id'] },
]

/** Lets everything that points to one row point to another; answers what did. Both rows are locked. */
export async function moveReferences(trx: Transaction, from: string, to: string): Promise<Moved> {
  const moved: Moved = {}
  for (const { table, column, key, oncePerPerson } of personReferences) {
    const same = key.map((each) => `twin.${each} = ${table}.${each}`).join(' AND ')
    const twin = oncePerPerson ? `AND NOT EXISTS (SELECT FROM ${table} AS twin WHERE twin.${column} = :to AND ${same})` : ''
    const { rows } = await trx.raw(
      `UPDATE ${table} SET ${column} = :to WHERE ${column} = :from ${twin}
       RETURNING ARRAY[${key.map((each) => `${each}::text`).join(', ')}] AS key`,
      { from, to },
    )
    if (rows.length > 0) moved[`${table}.${column}`] = rows.map((row: { key: string[] }) => row.key)
  }
  return moved
}

/** Lets what was moved point back. What points elsewhere by now stays where it is. */
export async function moveBack(trx: Transaction, moved: Moved, { from, to }: { from: string; to: string }): Promise<void> {
  for (const { table, column, key } of personReferences) {
    const keys = moved[`${table}.${column}`]
    if (!keys) continue
    await trx.raw(
      `UPDATE ${table} SET ${column} = :to
       WHERE  ${column} = :from
         AND  ARRAY[${key.map((each) => `${each}::text`).join(', ')}] IN
                (SELECT ARRAY(SELECT jsonb_array_elements_text(key)) FROM jsonb_array_elements(:keys::jsonb) AS key)`,
      { from, to, keys: JSON.stringify(keys) },
    )
  }
}

/** Lets the open sign-ins of these accounts act as this person from their next question on. */
export async function movePersonOfSessions(trx: Transaction, accountIds: readonly string[], to: string): Promise<void> {
  await trx('sessions')
    .whereIn('subject', trx('accounts').select('subject').whereIn('id', [...accountIds]))
    .whereRaw(`actor -> 'personId' IS NOT NULL`)
    .update({ actor: trx.raw(`jsonb_set(actor, '{personId}', to_jsonb(?::text))`, [to]) })
}

/** Whether one of the two is written down as acting for the other. */
export async function actForEachOther(trx: Transaction, one: string, other: string): Promise<boolean> {
  const found = await trx('mandates')
    .where({ person_id: one, for_person_id: other }).orWhere({ person_id: other, for_person_id: one }).first('id')
  return found !== undefined
}

/** How many rows point to each person, by reference. */
export async function countReferences(trx: Transaction, personId: string): Promise<{ cases: number; accounts: number; mandates: number }> {
  const { rows } = await trx.raw(
    `SELECT (SELECT count(*)::int FROM (SELECT id FROM cases WHERE applicant_id = :personId
                                        UNION SELECT case_id FROM case_parties WHERE person_id = :personId) AS case_) AS cases,
            (SELECT count(*)::int FROM accounts WHERE person_id = :personId) AS accounts,
            (SELECT count(*)::int FROM mandates WHERE person_id = :personId OR for_person_id = :personId) AS mandates`,
    { personId },
  )
  return rows[0]
}
