import { refuse } from '../../base/errors.ts'
import type { Transaction } from '../../db/transaction.ts'
import { findCaseByNumber } from '../store/caseRows.ts'

/** The one request a mandate is for, by its number; refused where it is not of the represented person. */
export async function caseOfNumber(trx: Transaction, number: string, applicantId: string): Promise<string> {
  const found = await findCaseByNumber(trx, number)
  if (!found || found.case.applicantId !== applicantId) refuse('invalid', 'mandate-other-scope')
  return found.case.id
}
