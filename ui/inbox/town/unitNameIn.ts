import { toLatin } from '../../../server/rules/scripts/index.ts'
import type { TownSettings } from '../../../server/http/contract/towns.ts'

/** A unit's name in the language of the page. */
export function unitNameIn({ names }: TownSettings['units'][number], language: string): string {
  if (language === 'sr-Latn') return toLatin(names.sr)
  return language === 'sr-Cyrl' ? names.sr : names[language as keyof typeof names]
}
