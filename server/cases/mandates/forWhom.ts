import type { Transaction } from '../../db/transaction.ts'
import type { Case } from '../case.ts'
import type { Context } from '../context.ts'
import { nameOf } from '../person.ts'
import { findPerson } from '../store/personRows.ts'
import type { NewTimelineEntry } from '../timeline.ts'

/** Who did it for whom, as the history of a case tells it; nothing where people do it in their own case. */
export async function forWhom(
  trx: Transaction, { actor }: Pick<Context, 'actor'>, { applicantId }: Pick<Case, 'applicantId'>,
): Promise<Pick<NewTimelineEntry, 'actorName' | 'forName'>> {
  if (applicantId === null || actor.personId === undefined || actor.personId === applicantId) return {}
  const applicant = await findPerson(trx, applicantId)
  return applicant ? { actorName: actor.name, forName: nameOf(applicant) } : {}
}
