import type { Deed } from './words.ts'

/**
 * Deeds that ask for a login of late, however long the session lives: the longest time, in minutes, since the person proved who they
 * are. A desk left open for a while then lets a passer-by read, but neither see whole numbers nor give themselves rights.
 */
export const freshLogins = {
  // Clerks look at numbers all day; after an hour they have been away at least once.
  'number.show': 60,
  'tenant.administer': 15,
  'tenant.add': 15,
  /** Ending one's logins on other devices: no line of the table, everyone's own affair. */
  'sign-ins.end': 15,
} as const satisfies Partial<Record<Deed | 'sign-ins.end', number>>
export type FreshDeed = keyof typeof freshLogins

/** The same for any deed; undefined where the session is enough. */
export function freshLoginOf(deed: Deed): number | undefined {
  return (freshLogins as Partial<Record<Deed, number>>)[deed]
}
