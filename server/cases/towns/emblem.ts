import { refuse } from '../../base/errors.ts'
import type { Context, Emblem } from '../context.ts'
import { findEmblem } from '../store/townRows.ts'

/** The town's own picture; anybody may see it. Refuses ('not-found') where the town has given none. */
export async function emblemOf({ db }: Pick<Context, 'db'>): Promise<Emblem> {
  return (await db.transaction(findEmblem)) ?? refuse('not-found', 'not-found')
}
