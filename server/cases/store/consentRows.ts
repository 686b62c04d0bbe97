import type { Transaction } from '../../db/transaction.ts'
import { ours } from './ours.ts'

/** What a person was asked to agree to, in which wording, and what they said. */
export interface Consent {
  id: string
  personId: string
  kind: 'e-delivery'
  /** Also a no is kept: it was asked. */
  given: boolean
  textVersion: string
  givenAt: Date
  caseId: string | null
  /** The clerk who read it out, or the person's own visit. */
  recordedBy: string
}

export async function insertConsent(trx: Transaction, consent: Consent): Promise<void> {
  await trx('consents').insert({
    tenant_id: ours(trx),
    id: consent.id,
    person_id: consent.personId,
    kind: consent.kind,
    given: consent.given,
    text_version: consent.textVersion,
    given_at: consent.givenAt,
    case_id: consent.caseId,
    recorded_by: consent.recordedBy,
  })
}
