import type { RightsPage } from '../../../server/http/contract/rights.ts'

export type DeedRow = RightsPage['sections'][number]['deeds'][number]
export type RightLine = DeedRow['lines'][number]

/** The lines of a deed that give a party something; what anybody may, each of them may, but for the system itself. */
export function linesOf({ lines }: DeedRow, party: string): RightLine[] {
  return lines.filter(({ who }) => who.includes(party) || (party !== 'system' && who.includes('anybody')))
}
