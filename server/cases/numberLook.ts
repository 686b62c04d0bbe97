import type { WhyShown } from '../rules/identifiers/whyShown.ts'
import type { Transaction } from '../db/transaction.ts'
import type { AuditEntry } from './audit.ts'
import { auditEntriesOf } from './store/auditRows.ts'

/**
 * Somebody of the town hall was shown a whole personal number of a case. The office and the role are told, not the name: the
 * person has a right to know that, when and why their data were looked at, while who of the staff it was is told only where
 * their rights need it (Court of Justice, C-579/21, Pankki S, 22 June 2023; GDPR art. 15 and 29). The audit knows the name's id.
 */
export interface NumberLook {
  at: Date
  /** Unit ids and staff roles by which they were allowed. */
  units: readonly string[]
  roles: readonly string[]
  /** The form's field it stands in. */
  field: string
  why: WhyShown
  /** In their own words; empty where the list said enough. */
  words: string
}

/** What is kept beside the entry of an audited look. */
export type LookFacts = Pick<NumberLook, 'units' | 'roles' | 'field' | 'why'>

export const lookAction = 'number.show'

// More than a case ever has; whoever needs the rest asks the town.
const most = 100

/** Who was shown a number of the case, newest first. */
export async function numberLooks(trx: Transaction, caseId: string): Promise<NumberLook[]> {
  return (await auditEntriesOf(trx, { subject: caseId, action: lookAction }, most)).map(toLook)
}

function toLook({ at, facts, reason }: AuditEntry): NumberLook {
  return { ...(facts as unknown as LookFacts), at, words: reason ?? '' }
}
