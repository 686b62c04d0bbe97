import { validate } from 'uuid'
import { refuse } from '../../base/errors.ts'
import { haveWordInCommon, isSimilarName } from '../../rules/similarNames.ts'
import { searchKey } from '../../rules/searchKey.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'
import { pairRows, type PairRow } from '../store/doublesStatement.ts'
import { storedPeople, type StoredPerson } from '../store/personRows.ts'

export type DoubleReason = 'same-birthday' | 'same-email' | 'same-phone'

export interface LikelyDouble {
  one: StoredPerson
  other: StoredPerson
  why: DoubleReason[]
}

// A page looks at so many rows at a time and at so many in all, however large the archive is; then it says where to look on.
const walkedAtOnce = 500
const walksAtMost = 4
const enough = 25

/**
 * Pairs of rows that may be one person, from the newest row back: the same birthday and a similar name, or the same telephone or
 * mail and a word of the name in common (families share both, so a name must speak for it). Never two proven numbers. `after`: where
 * the last page ended. Refusals: not-allowed, request-not-understood.
 */
export async function listDoubles(context: Context, after?: string): Promise<{ pairs: LikelyDouble[]; next: string | null }> {
  if (!may(context.actor, 'person.merge')) refuse('not-allowed', 'not-allowed')
  if (after !== undefined && !validate(after)) refuse('invalid', 'request-not-understood')
  return context.db.transaction(async (trx) => {
    const pairs: LikelyDouble[] = []
    let from = after
    for (let walk = 0; walk < walksAtMost; walk++) {
      const { rows, last, isEnd } = await pairRows(trx, from, walkedAtOnce)
      const people = await storedPeople(trx, [...new Set(rows.flatMap(({ one, other }) => [one, other]))])
      pairs.push(...rows.flatMap((row) => likely(row, people.get(row.one), people.get(row.other)) ?? []))
      if (isEnd) return { pairs, next: null }
      from = last
      if (pairs.length >= enough) break
    }
    return { pairs, next: from ?? null }
  })
}

function likely(row: PairRow, one: StoredPerson | undefined, other: StoredPerson | undefined): LikelyDouble | undefined {
  if (!one || !other) return undefined
  const [key, otherKey] = [one, other].map(({ person }) => searchKey(`${person.givenName} ${person.familyName}`)) as [string, string]
  const shares = row.same_email || row.same_phone
  if (!(isSimilarName(key, otherKey) || (shares && haveWordInCommon(key, otherKey)))) return undefined
  const why: DoubleReason[] = [
    ...(row.same_birthday ? ['same-birthday' as const] : []),
    ...(row.same_email ? ['same-email' as const] : []),
    ...(row.same_phone ? ['same-phone' as const] : []),
  ]
  return { one, other, why }
}
