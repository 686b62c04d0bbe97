import { freshLoginOf } from '../../cases/rights/freshLogins.ts'
import { parties, sections, toCome, type Party, type Right } from '../../cases/rights/words.ts'
import type { RightsPage } from '../contract/rights.ts'

/** The table of rights by deed, under the headings people look for. */
export function showRights(rights: readonly Right[], of: readonly Party[] = parties): RightsPage {
  return {
    parties: [...of],
    sections: sections.map(({ id, deeds }) => ({
      id,
      deeds: deeds.map((deed) => ({
        deed,
        toCome: toCome.includes(deed),
        loginWithin: freshLoginOf(deed) ?? null,
        lines: rights.filter(({ what }) => what === deed).map(({ who, on, when }) => ({ who: [...who], on: [...on], when: [...when] })),
      })),
    })),
  }
}
