import { refuse } from '../../base/errors.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'
import { lockMerge, newestStandingMerge, noteUndone, putBackKept, putBackMerged } from '../store/mergeRows.ts'
import { casesSince, handOverCases } from '../store/personCases.ts'
import { moveBack, movePersonOfSessions } from '../store/personReferences.ts'
import { accountsIn, lockBoth } from './mergePeople.ts'
import { capacityOf } from './personMerge.ts'

export interface Parting {
  reason: string
  /** Cases that came to the kept row since and belong to the other. */
  caseIds: readonly string[]
}

/**
 * Parts two rows that were one person by mistake: every row that was moved points back and both have the fields they had, but for
 * fields changed again since. Cases that came since stay with the kept row unless they are named. Answers the row that stands by
 * itself again. Refusals: not-allowed, not-found (no such merge, or a case that did not come since), wrong-state (undone already),
 * newer-merge-first: merges are undone in reverse order, or "as they were" would mean nothing.
 */
export async function undoMerge(context: Context, mergeId: string, { reason, caseIds }: Parting): Promise<string> {
  const { actor, clock, db } = context
  if (!may(actor, 'person.merge')) refuse('not-allowed', 'not-allowed')
  return db.transaction(async (trx) => {
    const merge = (await lockMerge(trx, mergeId)) ?? refuse('not-found', 'not-found')
    if (merge.undoneAt) refuse('wrong-state', 'wrong-state')
    const { keptId, mergedId } = merge
    const { kept } = await lockBoth(trx, keptId, mergedId)
    if (kept.mergedInto !== null || (await newestStandingMerge(trx, keptId)) !== mergeId) refuse('wrong-state', 'newer-merge-first')
    const since = new Set((await casesSince(trx, merge)).map(({ id }) => id))
    if (caseIds.some((id) => !since.has(id))) refuse('not-found', 'not-found')
    await moveBack(trx, merge.moved, { from: keptId, to: mergedId })
    await handOverCases(trx, caseIds, { from: keptId, to: mergedId })
    // The number first leaves the one row, then it is at the other: at no moment at both.
    await putBackKept(trx, keptId, merge.keptBefore, merge.keptAfter)
    await putBackMerged(trx, mergedId, merge.mergedBefore)
    await movePersonOfSessions(trx, accountsIn(merge.moved), mergedId)
    const as = capacityOf(actor)
    await noteUndone(trx, mergeId, { at: new Date(clock.now()), by: actor.id, as, reason })
    await addAudit(trx, context, {
      action: 'person.part', subject: keptId, forWhom: mergedId, reason,
      facts: { mergeId, partedId: mergedId, handedOver: [...caseIds], units: [...as.units], roles: [...as.roles] },
    })
    return mergedId
  })
}
