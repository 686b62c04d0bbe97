import { refuse } from '../../base/errors.ts'
import type { Transaction } from '../../db/transaction.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'
import { noteRead } from '../noteRead.ts'
import { actForEachOther, countReferences } from '../store/personReferences.ts'
import { storedPeople, type StoredPerson } from '../store/personRows.ts'
import { differences, whyNotOne, type MergeField, type MergeRefusal } from './personMerge.ts'

export interface MergeSide {
  stored: StoredPerson
  cases: number
  accounts: number
  mandates: number
}

export interface Comparison {
  kept: MergeSide
  other: MergeSide
  differs: MergeField[]
  /** Why they cannot be one; null: they can. */
  refusal: MergeRefusal | null
}

/** Two rows side by side, before somebody says that they are one person. Refusals: not-allowed, not-found. */
export async function compareForMerge(context: Context, keptId: string, otherId: string): Promise<Comparison> {
  if (!may(context.actor, 'person.merge')) refuse('not-allowed', 'not-allowed')
  if (keptId === otherId) refuse('invalid', 'request-not-understood')
  return context.db.transaction(async (trx) => {
    const rows = await storedPeople(trx, [keptId, otherId])
    const [kept, other] = [rows.get(keptId), rows.get(otherId)]
    if (!kept || !other) refuse('not-found', 'not-found')
    const comparison: Comparison = {
      kept: await sideOf(trx, kept),
      other: await sideOf(trx, other),
      differs: differences(kept, other),
      refusal: whyNotOne(kept, other, await actForEachOther(trx, keptId, otherId)) ?? null,
    }
    for (const id of [keptId, otherId]) await noteRead(trx, context, { action: 'person.read', subject: id, forWhom: id })
    return comparison
  })
}

async function sideOf(trx: Transaction, stored: StoredPerson): Promise<MergeSide> {
  return { stored, ...(await countReferences(trx, stored.person.id)) }
}
