import { v7 as uuidv7 } from 'uuid'
import { refuse } from '../../base/errors.ts'
import type { Transaction } from '../../db/transaction.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'
import { insertMerge, leadTo, snapshotOf, takeFields } from '../store/mergeRows.ts'
import { actForEachOther, moveReferences, movePersonOfSessions } from '../store/personReferences.ts'
import { lockPeople, type StoredPerson } from '../store/personRows.ts'
import { capacityOf, whyNotOne, type MergeField, type Moved } from './personMerge.ts'

export interface MergeWish {
  /** The row that will lead to the kept one. */
  otherId: string
  /** Fields the kept row takes from the other; of the rest it keeps its own. */
  take: readonly MergeField[]
  reason: string
}

/**
 * Makes one person of two rows: all cases, parties, accounts, mandates and notes of the other point to the kept row, and the other
 * leads there. The proven number, at whichever row, stays. Answers the id of the merge, by which it is undone. Refusals: not-allowed,
 * not-found, merged-already, kinds-differ, numbers-differ (two proven numbers are two people), act-for-each-other.
 */
export async function mergePeople(context: Context, keptId: string, { otherId, take, reason }: MergeWish): Promise<string> {
  const { actor, clock, db } = context
  if (!may(actor, 'person.merge')) refuse('not-allowed', 'not-allowed')
  if (keptId === otherId) refuse('invalid', 'request-not-understood')
  return db.transaction(async (trx) => {
    const { kept, other } = await lockBoth(trx, keptId, otherId)
    const why = whyNotOne(kept, other, await actForEachOther(trx, keptId, otherId))
    if (why) refuse('wrong-state', why)
    const [keptBefore, mergedBefore] = [await snapshotOf(trx, keptId), await snapshotOf(trx, otherId)]
    const moved = await moveReferences(trx, otherId, keptId)
    await leadTo(trx, otherId, keptId)
    const number = other.isProven || (kept.person.numberMask === '' && other.person.numberMask !== '') ? ['number' as const] : []
    await takeFields(trx, keptId, mergedBefore, [...new Set(take), ...number])
    await movePersonOfSessions(trx, accountsIn(moved), keptId)
    const id = uuidv7()
    const as = capacityOf(actor)
    await insertMerge(trx, {
      id, keptId, mergedId: otherId, keptBefore, mergedBefore, keptAfter: await snapshotOf(trx, keptId), moved, reason,
      at: new Date(clock.now()), by: actor.id, as,
    })
    await addAudit(trx, context, {
      action: 'person.merge', subject: keptId, forWhom: keptId, reason,
      facts: { mergeId: id, mergedId: otherId, taken: [...take], moved: countsOf(moved), units: [...as.units], roles: [...as.roles] },
    })
    return id
  })
}

/** The two rows, held; refuses when one is not there. */
export async function lockBoth(trx: Transaction, keptId: string, otherId: string): Promise<{ kept: StoredPerson; other: StoredPerson }> {
  const rows = await lockPeople(trx, [keptId, otherId])
  const [kept, other] = [rows.get(keptId), rows.get(otherId)]
  if (!kept || !other) refuse('not-found', 'not-found')
  return { kept, other }
}

/** Ids of the accounts among what was moved. */
export function accountsIn(moved: Moved): string[] {
  return (moved['accounts.person_id'] ?? []).map(([id]) => id!)
}

function countsOf(moved: Moved): Record<string, number> {
  return Object.fromEntries(Object.entries(moved).map(([reference, keys]) => [reference, keys.length]))
}
