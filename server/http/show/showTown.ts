import { DateTime } from 'luxon'
import { townWords } from '../../cases/letters/townWords.ts'
import type { Me, Town as TownReply } from '../contract/town.ts'
import type { Language } from '../contract/words.ts'
import { townColor } from '../pages/townColor.ts'
import type { Neighbors, Town, WebSettings } from '../web.ts'

const currencies: Readonly<Record<Town['country'], string>> = { rs: 'RSD', ba: 'BAM', bg: 'EUR', ro: 'RON' }

/** What every page of a town begins with, in the reader's language. */
export function showTown(town: Town, language: Language, settings: WebSettings, { clock, links }: Neighbors): TownReply {
  const { hue, chroma, mark } = townColor(town.color)
  const words = townWords(town, language)
  const now = DateTime.fromMillis(clock.now(), { zone: town.timeZone })
  return {
    id: town.id,
    name: words.name,
    place: words.place,
    country: town.country,
    authority: town.authority,
    languages: town.languages,
    firstLanguage: town.firstLanguage,
    officialLanguage: town.officialLanguage,
    timeZone: town.timeZone,
    currency: currencies[town.country],
    color: { hue, chroma, mark },
    emblem: town.emblem,
    training: town.trainingOf !== undefined,
    contact: { address: words.address, phone: town.contact.phone, email: town.contact.email },
    openToday: hoursOf(town, now),
    numberExample: numberExample(town, now),
    demo: settings.DEMO,
    // Of a copy for practice no link is live, whatever the installation has.
    links: town.trainingOf ? links.map(({ system }) => ({ system, mode: 'off' })) : [...links],
    // In a copy for practice it is chosen and written as anywhere, and sent to nobody.
    offersSms: links.some(({ system, mode }) => system === 'sms' && mode !== 'off'),
    mailCatcherUrl: settings.DEMO ? (settings.MAIL_CATCHER_URL ?? null) : null,
    bankSimulatorUrl: settings.DEMO ? (settings.BANK_SIMULATOR_URL ?? null) : null,
    smsCatcherUrl: settings.DEMO ? (settings.SMS_CATCHER_URL ?? null) : null,
  }
}

/** A person's units in words. */
export function showUnits(town: Town, ids: readonly string[], language: Language): Me['units'] {
  return ids.map((id) => ({ id, name: unitName(town, id, language) }))
}

/** A unit's name; its id when the town no longer has it. */
export function unitName(town: Town, id: string, language: Language): string {
  return townWords(town, language).unitName(id)
}

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

function hoursOf(town: Town, now: DateTime): { from: string; to: string } | null {
  const hours = town.hours[weekdays[now.weekday - 1]!]
  return hours && { from: hours[0], to: hours[1] }
}

/** A number as this town writes them, for the form that asks for one. */
function numberExample(town: Town, now: DateTime): string {
  const unit = town.units[0]
  const gaps: Readonly<Record<string, string>> = {
    unit: unit?.prefix ?? '',
    class: '201',
    seq: '1842',
    yyyy: now.toFormat('yyyy'),
    'dd.MM.yyyy': now.toFormat('dd.MM.yyyy'),
  }
  return town.numbering.template.replace(/\{([^}]+)\}/g, (gap, name: string) => gaps[name] ?? gap)
}
