import { toLatin } from '../../rules/scripts/index.ts'
import type { Municipality } from '../../zeebe/municipality.ts'
import { textLanguageOf } from '../words.ts'

export interface TownWords {
  readonly name: string
  readonly place: string
  readonly address: string
  unitName(id: string): string
}

/** A town's names in one of the six languages. */
export function townWords(tenant: Municipality, language: string): TownWords {
  const file = textLanguageOf(language)
  const inScript = (text: string): string => (language === 'sr-Latn' ? toLatin(text) : text)
  return {
    name: inScript(tenant.names[file]),
    place: inScript(tenant.placeNames[file]),
    address: inScript(tenant.contact.address[file]),
    unitName: (id) => inScript(tenant.units.find((unit) => unit.id === id)?.names[file] ?? id),
  }
}
