import { refuse } from '../base/errors.ts'
import { localDay } from '../rules/countDays.ts'
import type { Case } from './case.ts'
import type { Context, ShelvedPackage } from './context.ts'
import type { CaseDeadline } from './deadlines/deadline.ts'
import { deedsOn, standingOf } from './mandates/mandate.ts'
import { may } from './may.ts'
import { nameOf } from './person.ts'
import { casesOfCitizen } from './store/caseRows.ts'
import { deadlinesOf } from './store/deadlineRows.ts'
import { mandatesHeldBy } from './store/mandateRows.ts'
import { peopleOf } from './store/personRows.ts'

export interface MyCase {
  case: Case
  package: ShelvedPackage
  deadline: CaseDeadline | null
  /** Whose it is, where the citizen sees it by a mandate; null: their own. */
  forWhom: string | null
}

// More than anyone files for themselves; the page shows all at once.
const most = 200

/**
 * What the signed-in citizen has filed, here or at the counter, and what is theirs to see by a mandate, newest first. Refuses
 * ('not-a-citizen') who is signed in as staff: what they filed for themselves belongs to their own account.
 */
export async function myCases(context: Context): Promise<MyCase[]> {
  const { actor, clock, db, packages, tenant } = context
  if (actor.kind === 'staff') refuse('not-allowed', 'not-a-citizen')
  const accountId = actor.accountId ?? refuse('not-allowed', 'not-signed-in')
  const { cases, deadlines, people } = await db.transaction(async (trx) => {
    const day = localDay(clock.now(), tenant.timeZone)
    const held = (actor.personId === undefined ? [] : await mandatesHeldBy(trx, actor.personId))
      .filter((mandate) => standingOf(mandate, day) === 'in-force')
    const forOthers = held.map(({ forPersonId }) => forPersonId)
    const found = await casesOfCitizen(trx, { accountId, personId: actor.personId, forOthers }, most)
    const cases = found.filter((each) => may(actor, 'case.read', { case: each, mandated: deedsOn(each, held, day) }))
    return { cases, deadlines: await deadlinesOf(trx, cases.map((each) => each.id)), people: await peopleOf(trx, forOthers) }
  })
  const forWhom = ({ applicantId }: Case): string | null => {
    const other = applicantId === null || applicantId === actor.personId ? undefined : people.get(applicantId)
    return other ? nameOf(other) : null
  }
  return Promise.all(cases.map(async (each) => ({
    case: each,
    package: await packages.version(each.procedure, each.packageVersion),
    deadline: deadlines.get(each.id) ?? null,
    forWhom: forWhom(each),
  })))
}
