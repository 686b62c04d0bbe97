import { bulgarianToLatin, toCyrillic, toLatin } from '../../rules/scripts/index.ts'
import { searchKey } from '../../rules/searchKey.ts'
import type { CountryTown, Municipality, TownNames } from '../../zeebe/municipality.ts'

/** What a person must say of a new municipality; the rest is the country's custom unless it is said too. */
export interface TownGiven {
  country: Municipality['country']
  authority: Municipality['authority']
  /** As the authority calls itself in its official language: „Град Сомбор“. */
  name: string
  /** The place alone: „Сомбор“. The first part of all addresses is made of it. */
  place: string
  address: string
  phone: string
  email: string
  id?: string | undefined
  color?: string | undefined
  emblem?: string | undefined
  officialLanguage?: Municipality['officialLanguage'] | undefined
  firstLanguage?: Municipality['firstLanguage'] | undefined
  languages?: Municipality['languages'] | undefined
  proceedingLanguages?: Municipality['languages'] | undefined
  timeZone?: string | undefined
  numbering?: Municipality['numbering'] | undefined
  hours?: Municipality['hours'] | undefined
  units?: Municipality['units'] | undefined
  /** Where another language calls them otherwise than our letters would. */
  names?: Partial<TownNames> | undefined
  placeNames?: Partial<TownNames> | undefined
  addresses?: Partial<TownNames> | undefined
}

/** Of the product itself; a town that gives none is recognized by its name. */
const usualColor = '#1B6F7C'

/** The municipality that was described, with the country's customs for all that was not said. */
export function newTown(given: TownGiven, customs: CountryTown): Municipality {
  const officialLanguage = given.officialLanguage ?? customs.officialLanguage
  const inAll = (text: string, said: Partial<TownNames> = {}): TownNames => ({ ...inEveryLanguage(text, officialLanguage), ...withoutBlanks(said) })
  const firstLanguage = given.firstLanguage ?? (given.officialLanguage ?? customs.firstLanguage)
  return {
    id: given.id ?? idOf(given.place, officialLanguage),
    origin: 'product',
    country: given.country,
    authority: given.authority,
    timeZone: given.timeZone ?? customs.timeZone,
    names: inAll(given.name, given.names),
    placeNames: inAll(given.place, given.placeNames),
    officialLanguage,
    languages: inOrder([firstLanguage, officialLanguage, ...(given.languages ?? customs.languages)]),
    firstLanguage,
    ...(given.proceedingLanguages?.length ? { proceedingLanguages: given.proceedingLanguages } : {}),
    color: given.color ?? usualColor,
    emblem: given.emblem ?? 'hall',
    numbering: given.numbering ?? customs.numbering,
    units: given.units ?? customs.units,
    contact: { address: inAll(given.address, given.addresses), phone: given.phone, email: given.email },
    hours: given.hours ?? customs.hours,
    people: [],
  }
}

/** An id for addresses out of a place's name: „Стара Пазова“ → `stara-pazova`. */
export function idOf(place: string, language: Municipality['officialLanguage']): string {
  return searchKey(language === 'bg' ? bulgarianToLatin(place) : toLatin(place)).replaceAll(' ', '-').slice(0, 40)
}

/**
 * A name in the five languages as the alphabets write it. Romanian and Hungarian names stay as they are: how another language
 * calls the place (Nagybecskerek, Ђер) nobody can derive.
 */
export function inEveryLanguage(text: string, language: Municipality['officialLanguage']): TownNames {
  if (language === 'bg') {
    const latin = bulgarianToLatin(text)
    return { sr: text, bg: text, ro: latin, hu: latin, en: latin }
  }
  if (language === 'sr-Cyrl' || language === 'sr-Latn') {
    const cyrillic = toCyrillic(text)
    const latin = toLatin(text)
    return { sr: cyrillic, bg: cyrillic, ro: latin, hu: latin, en: latin }
  }
  return { sr: text, bg: text, ro: text, hu: text, en: text }
}

function withoutBlanks(names: Partial<TownNames>): Partial<TownNames> {
  return Object.fromEntries(Object.entries(names).filter(([, name]) => name?.trim()))
}

function inOrder<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)]
}
