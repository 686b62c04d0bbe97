import type { Transaction } from '../../db/transaction.ts'
import { searchKey } from '../../rules/searchKey.ts'
import { isSimilarName } from '../../rules/similarNames.ts'
import type { Person } from '../person.ts'
import { livingPeople, personOfNumber } from '../store/personRows.ts'
import { peopleNamedLike } from '../store/peopleSearch.ts'

/** What is known of somebody before a row is made for them. */
export interface Described {
  /** As `keys.identifierHash(tenant.id, plainNumber(…))` makes it, of a number that somebody has seen on a paper. */
  identifierHash?: Buffer | null
  givenName: string
  /** The family name, or the whole name of a company. */
  familyName: string
  /** `yyyy-mm-dd`. */
  bornOn?: string | null
  /** A person unless said otherwise. */
  kind?: Person['kind'] | 'any'
}

export interface SimilarPerson {
  person: Person
  /** The same number is the same person; a similar name may be. */
  why: 'same-number' | 'similar-name'
}

/** More than a clerk compares at a counter. */
const most = 5
// Names share letters in threes with many others; of so many nearest the ones that are one typing error away are kept.
const nearest = 60

/**
 * People the town may know already: whoever has the same number, then those with a similar name (any script, no marks, one typing
 * error) and the same birthday or none, nearest first; 5 at most. Nobody who was merged into another. Never the number itself.
 */
export async function findSimilar(trx: Transaction, described: Described): Promise<SimilarPerson[]> {
  const { identifierHash, givenName, familyName, bornOn = null, kind = 'person' } = described
  const sameNumber = identifierHash ? await personOfNumber(trx, identifierHash) : undefined
  const key = searchKey(`${givenName} ${familyName}`)
  const near = key ? await livingPeople(trx, await peopleNamedLike(trx, key, nearest)) : []
  const similar = near.filter((person) => (kind === 'any' || person.kind === kind) && person.id !== sameNumber?.id
    && (person.bornOn === null || bornOn === null || person.bornOn === bornOn)
    && isSimilarName(key, searchKey(`${person.givenName} ${person.familyName}`)))
  return [
    ...(sameNumber ? [{ person: sameNumber, why: 'same-number' as const }] : []),
    ...similar.map((person) => ({ person, why: 'similar-name' as const })),
  ].slice(0, most)
}
