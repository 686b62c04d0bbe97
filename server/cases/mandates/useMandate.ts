import { refuse } from '../../base/errors.ts'
import { localDay } from '../../rules/countDays.ts'
import type { Transaction } from '../../db/transaction.ts'
import type { Case } from '../case.ts'
import type { Context } from '../context.ts'
import type { Person } from '../person.ts'
import { representativeOf } from '../store/caseRows.ts'
import { documentsOfMandate } from '../store/documentRows.ts'
import { findMandate, mandatesHeldBy } from '../store/mandateRows.ts'
import { findPerson } from '../store/personRows.ts'
import { deedsOn, faultOfUse, standingOf, type Mandate, type MandateDeed, type MandateUse, type Representative } from './mandate.ts'

type Asking = Pick<Context, 'actor' | 'clock' | 'tenant'>

const today = ({ clock, tenant }: Pick<Context, 'clock' | 'tenant'>): string => localDay(clock.now(), tenant.timeZone)

/**
 * The mandate one acts by now and who is represented; refuses with the reason where it does not allow the deed. That of another
 * person is not found.
 */
export async function useMandate(
  trx: Transaction, context: Asking, mandateId: string, use: Omit<MandateUse, 'day'>,
): Promise<{ mandate: Mandate; represented: Person }> {
  const { actor } = context
  const mandate = await findMandate(trx, mandateId)
  if (!mandate || actor.kind !== 'citizen' || actor.personId === undefined || mandate.personId !== actor.personId) {
    refuse('not-found', 'mandate-not-found')
  }
  const fault = faultOfUse(mandate, { ...use, day: today(context) })
  if (fault) refuse('not-allowed', fault)
  return { mandate, represented: (await findPerson(trx, mandate.forPersonId))! }
}

/** What the actor may do in a case, as the mandates they hold stand now: asked again at each deed, so that an end is an end. */
export async function mandatedDeeds(trx: Transaction, context: Asking, case_: Case): Promise<MandateDeed[]> {
  const { kind, personId } = context.actor
  if (kind !== 'citizen' || personId === undefined || case_.applicantId === null || case_.applicantId === personId) return []
  return deedsOn(case_, await mandatesHeldBy(trx, personId, case_.applicantId), today(context))
}

/** Whether the mandate a case was filed under holds no more: then the code that was told at filing opens nothing. */
export async function isMandateOver(
  trx: Transaction, context: Pick<Context, 'clock' | 'tenant'>, { mandateId }: Pick<Case, 'mandateId'>,
): Promise<boolean> {
  if (mandateId === null) return false
  const mandate = await findMandate(trx, mandateId)
  return !mandate || standingOf(mandate, today(context)) !== 'in-force'
}

/** Who acted for the applicant of a case; null where they acted themselves. */
export async function readRepresentative(trx: Transaction, case_: Pick<Case, 'id' | 'mandateId'>): Promise<Representative | null> {
  const person = await representativeOf(trx, case_.id)
  if (!person) return null
  const mandate = (case_.mandateId && (await findMandate(trx, case_.mandateId))) || null
  return { person, mandate, documents: mandate ? await documentsOfMandate(trx, mandate.id) : [] }
}
