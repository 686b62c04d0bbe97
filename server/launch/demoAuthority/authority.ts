import type { Country } from '../../rules/identifiers/index.ts'
import {
  makeCertificate, makeKeys, nameIds, qualifiedStatements, type CertificateWish, type Issuer, type KeyPair, type Name,
} from './makeCertificate.ts'

/** An authority that issues to people, under a root of its own. Simulated: nobody outside this installation trusts it. */
export interface DemoAuthority {
  country: Country
  root: Issuer
  issuing: Issuer
  /** Where its certificates say that their state can be asked; none: they name no place. */
  urls: { ocsp?: string; crl?: string }
}

export interface Person {
  givenName: string
  familyName: string
  personalNumber: string
}

/** A certificate of a person with its key. */
export interface PersonCertificate {
  /** DER. */
  certificate: Buffer
  keys: KeyPair
}

const day = 86_400_000
const labels: Readonly<Record<Country, { code: string; name: string }>> = {
  rs: { code: 'RS', name: 'Демо издавалац сертификата (Србија)' },
  ba: { code: 'BA', name: 'Демо издавалац сертификата (Босна и Херцеговина)' },
  bg: { code: 'BG', name: 'Демо доставчик на удостоверителни услуги' },
  ro: { code: 'RO', name: 'Prestator demonstrativ de servicii de încredere' },
}

/** Makes root and issuing authority with new keys, valid ten years from a day before `nowMs`. */
export function makeAuthority(country: Country, urls: DemoAuthority['urls'], nowMs: number): DemoAuthority {
  const { code, name } = labels[country]
  const nameOf = (role: string): Name => [
    [nameIds.country, code], [nameIds.organization, 'Šalter demo'], [nameIds.commonName, `${name} ${role}`],
  ]
  const dates = { notBefore: nowMs - day, notAfter: nowMs + 3650 * day }
  const usage = { keyUsage: ['keyCertSign', 'cRLSign'] } as const
  const rootKeys = makeKeys()
  const root = { ...rootKeys, certificate: makeCertificate({ subject: nameOf('Root'), keys: rootKeys, ...dates, ...usage, authority: {} }) }
  const issuingKeys = makeKeys()
  const issuing = {
    ...issuingKeys,
    certificate: makeCertificate({
      subject: nameOf('CA'), keys: issuingKeys, issuer: root, ...dates, ...usage, authority: { pathLength: 0 },
      ...crlOf(urls.crl && `${urls.crl}/root`),
    }),
  }
  return { country, root, issuing, urls }
}

function crlOf(url: string | undefined): { crlUrl?: string } {
  return url ? { crlUrl: url } : {}
}

/**
 * A qualified certificate of a person, two years from yesterday, as authorities of the region issue them: for signing in and for
 * signing, the national number in the subject's serial number (ETSI EN 319 412-1, 5.1.3). `change` makes it wrong on purpose.
 */
export function issueTo(authority: DemoAuthority, person: Person, nowMs: number, change: Partial<CertificateWish> = {}): PersonCertificate {
  const { issuing, urls } = authority
  const keys = change.keys ?? makeKeys()
  const certificate = makeCertificate({
    subject: subjectOf(authority.country, person),
    issuer: issuing,
    notBefore: nowMs - day,
    notAfter: nowMs + 730 * day,
    keyUsage: ['digitalSignature', 'contentCommitment'],
    purposes: ['1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.4'],
    ...(urls.ocsp && { ocspUrl: urls.ocsp }),
    ...crlOf(urls.crl),
    extensions: [qualifiedStatements()],
    ...change,
    keys,
  })
  return { certificate, keys }
}

export function subjectOf(country: Country, { givenName, familyName, personalNumber }: Person): Name {
  const { code } = labels[country]
  return [
    [nameIds.country, code],
    [nameIds.surname, familyName],
    [nameIds.givenName, givenName],
    [nameIds.serialNumber, `PNO${code}-${personalNumber}`],
    [nameIds.commonName, `${givenName} ${familyName}`],
  ]
}
