import type { Actor } from '../../identity/actor.ts'
import { may } from '../may.ts'
import type { StoredPerson } from '../store/personRows.ts'

/** Two rows that became one, as it is kept: enough to part them again. */
export interface PersonMerge {
  id: string
  /** The row that stayed. */
  keptId: string
  /** The row that leads there. */
  mergedId: string
  reason: string
  mergedAt: Date
  mergedAs: Capacity
  undoneAt: Date | null
  undoneAs: Capacity | null
  undoReason: string | null
  moved: Moved
}

/** Office and role in which somebody of the town hall acted: what the citizen is told, without the name (see `numberLook.ts`). */
export interface Capacity {
  units: readonly string[]
  roles: readonly string[]
}

/** What pointed to the merged row: `table.column` → keys of the rows. */
export type Moved = Record<string, string[][]>

/** What may differ between two rows of one person, so that one value is chosen. */
export const mergeFields = ['name', 'bornOn', 'address', 'email', 'phone', 'language'] as const
export type MergeField = (typeof mergeFields)[number]

/** Why two rows cannot be one person, as the code of a refusal; undefined: they can. */
export function whyNotOne(kept: StoredPerson, other: StoredPerson, actsForTheOther: boolean): MergeRefusal | undefined {
  if (kept.mergedInto !== null || other.mergedInto !== null) return 'merged-already'
  if (kept.person.kind !== other.person.kind) return 'kinds-differ'
  // A number is found at one row only: two rows that have one have two.
  if (kept.isProven && other.isProven) return 'numbers-differ'
  // Somebody has written down that they are two.
  if (actsForTheOther) return 'act-for-each-other'
  return undefined
}

export type MergeRefusal = 'merged-already' | 'kinds-differ' | 'numbers-differ' | 'act-for-each-other'

/** Of which fields the values differ. */
export function differences({ person: one }: StoredPerson, { person: other }: StoredPerson): MergeField[] {
  const valueOf: Readonly<Record<MergeField, (person: StoredPerson['person']) => string | null>> = {
    name: ({ givenName, familyName }) => `${givenName}\n${familyName}`,
    bornOn: ({ bornOn }) => bornOn,
    address: ({ address }) => address,
    email: ({ email }) => email,
    phone: ({ phone }) => phone,
    language: ({ language }) => language,
  }
  return mergeFields.filter((field) => (valueOf[field](one) ?? '') !== (valueOf[field](other) ?? ''))
}

export function capacityOf(actor: Actor): Capacity {
  return { units: actor.units, roles: actor.roles.filter((role) => may({ ...actor, roles: [role] }, 'person.merge')) }
}
