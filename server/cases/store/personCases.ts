import type { Transaction } from '../../db/transaction.ts'
import type { Case } from '../case.ts'
import type { PersonMerge } from '../people/personMerge.ts'
import { toCase, type CaseRow } from './caseRows.ts'

export type PartyRole = 'applicant' | 'representative' | 'cosigner'

/** Cases in which a person stands, with the roles in which they do, newest first. */
export async function casesOfPerson(trx: Transaction, personId: string, most: number): Promise<{ case: Case; as: PartyRole[] }[]> {
  const { rows }: { rows: (CaseRow & { roles: PartyRole[] })[] } = await trx.raw(
    `SELECT cases.*, stands.roles
     FROM  (SELECT case_id, array_agg(role ORDER BY role) AS roles
            FROM  (SELECT id AS case_id, 'applicant' AS role FROM cases WHERE applicant_id = :personId
                   UNION SELECT case_id, role FROM case_parties WHERE person_id = :personId) AS each
            GROUP BY case_id) AS stands
     JOIN   cases ON cases.id = stands.case_id
     ORDER BY cases.filed_at DESC, cases.id DESC
     LIMIT  :most`,
    { personId, most },
  )
  return rows.map((row) => ({ case: toCase(row), as: row.roles }))
}

/** Cases that came to the row that stayed after the merge, oldest first. */
export async function casesSince(trx: Transaction, { keptId, mergedAt, moved }: PersonMerge): Promise<Case[]> {
  const rows: CaseRow[] = await trx('cases')
    .where({ applicant_id: keptId })
    .where('filed_at', '>=', mergedAt)
    .whereNotIn('id', (moved['cases.applicant_id'] ?? []).map(([id]) => id!))
    .orderBy(['filed_at', 'id'])
  return rows.map(toCase)
}

/** Lets another person be the applicant of these cases. */
export async function handOverCases(trx: Transaction, caseIds: readonly string[], { from, to }: { from: string; to: string }): Promise<void> {
  await trx('cases').whereIn('id', [...caseIds]).where({ applicant_id: from }).update({ applicant_id: to })
  await trx('case_parties').whereIn('case_id', [...caseIds]).where({ person_id: from, role: 'applicant' }).update({ person_id: to })
}

/** Whose case this is: its applicant and parties. */
export async function peopleOfCase(trx: Transaction, caseId: string): Promise<string[]> {
  const { rows } = await trx.raw(
    `SELECT applicant_id AS id FROM cases WHERE id = :caseId AND applicant_id IS NOT NULL
     UNION SELECT person_id FROM case_parties WHERE case_id = :caseId`,
    { caseId },
  )
  return rows.map(({ id }: { id: string }) => id)
}
