import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CertificateFault } from '../../identity/certificates/index.ts'
import { toLatin } from '../../rules/scripts/index.ts'
import type { Language } from '../contract/words.ts'

/** Every page the door can show: why it does not let someone in. The key of its two texts. */
export const refusals = [
  'no-certificate', 'unreadable', 'unknown-issuer', 'not-yet-valid', 'expired', 'not-accepted', 'wrong-usage', 'revoked',
  'revocation-unknown', 'no-identifier', 'several-accounts', 'another-person', 'account-closed', 'sign-in-expired', 'too-many-attempts',
  'not-found', 'neighbor-down', 'unexpected',
] as const
export type Refused = (typeof refusals)[number]

/** What a person needs to know of a fault: several mean the same to them. */
const pageOf: Readonly<Record<CertificateFault, Refused>> = {
  malformed: 'unreadable',
  'too-large': 'unreadable',
  'unknown-issuer': 'unknown-issuer',
  // An imitation: that it names a listed issuer changes nothing.
  'bad-signature': 'unknown-issuer',
  'not-yet-valid': 'not-yet-valid',
  expired: 'expired',
  'issuer-not-valid': 'not-accepted',
  weak: 'not-accepted',
  'unknown-constraint': 'not-accepted',
  'wrong-usage': 'wrong-usage',
  revoked: 'revoked',
  'revocation-unknown': 'revocation-unknown',
}

export function pageOfFault(fault: CertificateFault): Refused {
  return pageOf[fault]
}

type Texts = Readonly<Record<string, string>>

const files = { 'sr-Latn': 'sr', 'sr-Cyrl': 'sr', bg: 'bg', ro: 'ro', hu: 'hu', en: 'en' } as const

/** The door's texts in one language, read once when the door opens. */
export function readWords(): (language: Language) => Texts {
  const read = new Map<Language, Texts>()
  return (language) => {
    const known = read.get(language)
    if (known) return known
    const texts = JSON.parse(readFileSync(join(import.meta.dirname, 'texts', `${files[language]}.json`), 'utf8')) as Record<string, string>
    const words = language !== 'sr-Latn' ? texts : Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, toLatin(text)]))
    read.set(language, words)
    return words
  }
}
