import { refuse } from '../../base/errors.ts'
import type { Context } from '../context.ts'
import { mergesOf } from '../store/mergeRows.ts'
import type { Capacity } from './personMerge.ts'

/** What the town did with the rows it keeps of somebody, as they read it: office and role, when and why. */
export interface MyMerge extends Capacity {
  at: Date
  kind: 'merged' | 'parted'
  reason: string
}

/** When the signed-in citizen's row was made one with another, or parted again; newest first. Refusal: not-signed-in. */
export async function myMerges({ actor, db }: Context): Promise<MyMerge[]> {
  const personId = actor.personId ?? refuse('not-allowed', 'not-signed-in')
  const merges = await db.transaction((trx) => mergesOf(trx, personId))
  return merges
    .flatMap(({ mergedAt, mergedAs, reason, undoneAt, undoneAs, undoReason }): MyMerge[] => [
      { ...mergedAs, at: mergedAt, kind: 'merged', reason },
      ...(undoneAt && undoneAs ? [{ ...undoneAs, at: undoneAt, kind: 'parted' as const, reason: undoReason ?? '' }] : []),
    ])
    .sort((one, other) => other.at.getTime() - one.at.getTime())
}
