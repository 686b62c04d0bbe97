import { refuse } from '../base/errors.ts'
import type { Case } from './case.ts'
import type { Context, ShelvedPackage } from './context.ts'
import type { CaseDeadline } from './deadlines/deadline.ts'
import { casesOfCitizen } from './store/caseRows.ts'
import { deadlinesOf } from './store/deadlineRows.ts'

export interface MyCase {
  case: Case
  package: ShelvedPackage
  deadline: CaseDeadline | null
}

// More than anyone files for themselves; the page shows all at once.
const most = 200

/**
 * What the signed-in citizen has filed, here or at the counter, newest first. Refuses ('not-a-citizen') who is signed in as staff:
 * what they filed for themselves belongs to their own account.
 */
export async function myCases(context: Context): Promise<MyCase[]> {
  const { actor, db, packages } = context
  if (actor.kind === 'staff') refuse('not-allowed', 'not-a-citizen')
  const accountId = actor.accountId ?? refuse('not-allowed', 'not-signed-in')
  const { cases, deadlines } = await db.transaction(async (trx) => {
    const cases = await casesOfCitizen(trx, { accountId, personId: actor.personId }, most)
    return { cases, deadlines: await deadlinesOf(trx, cases.map((each) => each.id)) }
  })
  return Promise.all(cases.map(async (each) => ({
    case: each,
    package: await packages.version(each.procedure, each.packageVersion),
    deadline: deadlines.get(each.id) ?? null,
  })))
}
