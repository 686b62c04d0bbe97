import type { Transaction } from '../../db/transaction.ts'
import { ours } from './ours.ts'

/** That a clerk has seen the person and the document. */
export interface IdentityCheck {
  id: string
  personId: string
  documentKind: string
  /** Last characters of the document's number; more is not kept. */
  documentEnd: string
  checkedAt: Date
  checkedBy: string
}

export async function insertIdentityCheck(trx: Transaction, check: IdentityCheck): Promise<void> {
  await trx('identity_checks').insert({
    tenant_id: ours(trx),
    id: check.id,
    person_id: check.personId,
    document_kind: check.documentKind,
    document_end: check.documentEnd,
    checked_at: check.checkedAt,
    checked_by: check.checkedBy,
  })
}

/** Ties a proven number to a person who had none. */
export async function proveNumber(
  trx: Transaction, personId: string, number: { hash: Buffer; mask: string; bornOn: string | null },
): Promise<void> {
  await trx('people').where({ id: personId }).update({
    identifier_hash: number.hash, identifier_mask: number.mask, ...(number.bornOn && { born_on: number.bornOn }),
  })
}
