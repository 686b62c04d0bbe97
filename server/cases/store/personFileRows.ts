import type { AssuranceLevel } from '../../identity/actor.ts'
import type { Transaction } from '../../db/transaction.ts'
import { nameOf, type Person } from '../person.ts'
import { ours } from './ours.ts'
import { peopleOf } from './personRows.ts'

/** A login that acts as the person. */
export interface PersonAccount {
  id: string
  createdAt: Date
  /** Of the last sign-in that is still kept; null when none is. */
  lastSeenAt: Date | null
  level: AssuranceLevel | null
}

export async function accountsOfPerson(trx: Transaction, personId: string): Promise<PersonAccount[]> {
  const { rows } = await trx.raw(
    `SELECT accounts.id, accounts.created_at, last.seen_at, last.level
     FROM   accounts
     LEFT JOIN LATERAL (SELECT seen_at, actor ->> 'level' AS level FROM sessions
                        WHERE subject = accounts.subject ORDER BY seen_at DESC LIMIT 1) AS last ON true
     WHERE  accounts.person_id = :personId
     ORDER BY accounts.created_at`,
    { personId },
  )
  return rows.map((row: { id: string; created_at: Date; seen_at: Date | null; level: AssuranceLevel | null }) =>
    ({ id: row.id, createdAt: row.created_at, lastSeenAt: row.seen_at, level: row.level }))
}

/** Who acts for whom, seen from one of the two. */
export interface PersonMandateRow {
  id: string
  direction: 'acts-for' | 'is-represented-by'
  otherId: string
  otherName: string
  kind: string
  validFrom: string
  validTo: string | null
}

export async function mandatesOfPerson(trx: Transaction, personId: string): Promise<PersonMandateRow[]> {
  const rows: { id: string; person_id: string; for_person_id: string; kind: string; valid_from: string; valid_to: string | null }[] =
    await trx('mandates')
      .where({ state: 'confirmed' })
      .where((own) => void own.where({ person_id: personId }).orWhere({ for_person_id: personId }))
      .orderBy('valid_from', 'desc')
  const people = await peopleOf(trx, rows.flatMap((row) => [row.person_id, row.for_person_id]))
  return rows.map((row) => {
    const acts = row.person_id === personId
    const other: Person | undefined = people.get(acts ? row.for_person_id : row.person_id)
    return {
      id: row.id, direction: acts ? 'acts-for' : 'is-represented-by', otherId: acts ? row.for_person_id : row.person_id,
      otherName: other ? nameOf(other) : '', kind: row.kind, validFrom: row.valid_from, validTo: row.valid_to,
    }
  })
}

/** What the office wrote down about dealing with a person. */
export interface PersonNote {
  id: string
  at: Date
  by: string
  text: string
}

export async function notesOfPerson(trx: Transaction, personId: string): Promise<PersonNote[]> {
  const rows: { id: string; written_at: Date; by_name: string; note: string }[] =
    await trx('person_notes').where({ person_id: personId }).orderBy('written_at', 'desc').limit(200)
  return rows.map((row) => ({ id: row.id, at: row.written_at, by: row.by_name, text: row.note }))
}

export async function insertNote(
  trx: Transaction, note: { id: string; personId: string; text: string; at: Date; by: string; byName: string },
): Promise<void> {
  await trx('person_notes').insert({
    tenant_id: ours(trx), id: note.id, person_id: note.personId, note: note.text, written_at: note.at, written_by: note.by, by_name: note.byName,
  })
}
