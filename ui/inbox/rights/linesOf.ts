import type { RightsPage } from '../../../server/http/contract/rights.ts'

export type DeedRow = RightsPage['sections'][number]['deeds'][number]
export type RightLine = DeedRow['lines'][number]

/** The lines of a deed that give a party something; what anybody may, each of them may, but for the system itself. */
export function linesOf({ lines }: DeedRow, party: string): RightLine[] {
  return lines.filter(({ who }) => who.includes(party) || (party !== 'system' && who.includes('anybody')))
}

/** The lines of a deed by whom they are for, in their order: who has several of them is named once. */
export function linesByWho({ lines }: DeedRow): { who: string[]; lines: RightLine[] }[] {
  const groups = new Map<string, { who: string[]; lines: RightLine[] }>()
  for (const line of lines) {
    const group = groups.get(line.who.join()) ?? { who: line.who, lines: [] }
    groups.set(line.who.join(), { ...group, lines: [...group.lines, line] })
  }
  return [...groups.values()]
}
