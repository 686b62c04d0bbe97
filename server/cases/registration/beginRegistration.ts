import { v7 as uuidv7 } from 'uuid'
import type { Transaction } from '../../db/transaction.ts'
import type { Procedure } from '../../zeebe/packages.ts'
import type { WhoFiles } from '../applicant.ts'
import type { Case } from '../case.ts'
import type { Context } from '../context.ts'
import type { Person } from '../person.ts'
import { insertConsent } from '../store/consentRows.ts'
import { insertRegistration } from '../store/registrationRows.ts'
import { statedNumber } from './checkRegistration.ts'
import { identifierHashFor } from './identifier.ts'

/** Notes, with the request itself, that an account is wanted, and what was said about electronic delivery. */
export async function beginRegistration(
  trx: Transaction,
  context: Context,
  { case_, person, who, account }: { case_: Case; person: Person; who: WhoFiles; account: NonNullable<Procedure['account']> },
): Promise<void> {
  await insertRegistration(trx, {
    caseId: case_.id,
    personId: person.id,
    state: case_.channel === 'portal' ? 'to-check' : 'starting',
    email: who.applicant.email,
    identifierHash: identifierHashFor(context, statedNumber({ applicant: who.applicant, answers: case_.answers })),
    startedAt: case_.filedAt,
  })
  await insertConsent(trx, {
    id: uuidv7(),
    personId: person.id,
    kind: 'e-delivery',
    given: case_.answers.eDelivery === 'yes',
    textVersion: account.consent,
    givenAt: case_.filedAt,
    caseId: case_.id,
    recordedBy: context.actor.id,
  })
}
