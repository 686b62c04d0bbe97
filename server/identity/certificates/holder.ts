import { checkPersonalNumber, type Country } from '../../rules/identifiers/index.ts'
import type { Certificate } from './certificate.ts'

/** Whom a certificate names. */
export interface Holder {
  givenName: string
  familyName: string
  /** The national number that the subject carries, digits only. Personal: hash it, never log it. */
  personalNumber: string
  country: Country
}

const ids = { serialNumber: '2.5.4.5', givenName: '2.5.4.42', surname: '2.5.4.4', commonName: '2.5.4.3', country: '2.5.4.6' } as const

/**
 * How a subject's serialNumber carries a number. First the international form, `PNORS-…` (ETSI EN 319 412-1, 5.1.3: PNO national
 * personal number; IDC, PAS and TIN are other numbers and prove no person here); then the bare digits that older certificates
 * of the region have, which are taken only where they pass the country's own check.
 */
const international = /^PNO([A-Z]{2})-([0-9]{10,13})$/
const bare = /(?:^|[^0-9])([0-9]{10}|[0-9]{13})(?![0-9])/

const countries: Readonly<Record<string, Country>> = { RS: 'rs', BA: 'ba', BG: 'bg', RO: 'ro' }

/**
 * The person of a certificate; undefined when it names none whose number is known here: a company's, a pseudonym, a country's
 * that does not issue here, or a number that fails its own check digit.
 */
export function holderOf({ pki }: Certificate): Holder | undefined {
  const parts = new Map(pki.subject.typesAndValues.map(({ type, value }) => [String(type), String(value.valueBlock.value).trim()]))
  const numbered = numberIn(parts.get(ids.serialNumber) ?? '', parts.get(ids.country) ?? '')
  const [givenName, familyName] = namesIn(parts)
  if (!numbered || !familyName) return undefined
  const { country, personalNumber } = numbered
  return checkPersonalNumber(country, personalNumber).ok ? { givenName, familyName, country, personalNumber } : undefined
}

function numberIn(serialNumber: string, subjectCountry: string): Pick<Holder, 'country' | 'personalNumber'> | undefined {
  const [, code, number] = international.exec(serialNumber) ?? []
  // Prefixed otherwise: some other number, however its digits add up.
  if (!code && /^[A-Z]{3}[A-Z]{2}-/.test(serialNumber)) return undefined
  const country = countries[code ?? subjectCountry.toUpperCase()]
  const personalNumber = number ?? bare.exec(serialNumber)?.[1]
  return country && personalNumber ? { country, personalNumber } : undefined
}

function namesIn(parts: ReadonlyMap<string, string>): [string, string] {
  const given = parts.get(ids.givenName)
  const family = parts.get(ids.surname)
  if (given && family) return [given, family]
  // Only a common name, given name first; digits in it are an authority's own count.
  const words = (parts.get(ids.commonName) ?? '').split(/\s+/).filter((word) => word && !/\d/.test(word))
  return [words[0] ?? '', words.slice(1).join(' ')]
}
