import { MovableClock } from '../../server/base/clock.ts'
import {
  checkCertificate, overHttp, readCertificate, type CertificateQuestion, type GoodCertificate, type RefusedCertificate,
} from '../../server/identity/certificates/index.ts'
import {
  issueTo, makeAuthority, type DemoAuthority, type Person, type PersonCertificate,
} from '../../server/launch/demoAuthority/authority.ts'
import type { CertificateWish } from '../../server/launch/demoAuthority/makeCertificate.ts'
import { startRevocationServer, type RevocationServer } from '../../server/launch/demoAuthority/revocationServer.ts'

export interface TestAuthority {
  authority: DemoAuthority
  revocation: RevocationServer
  clock: MovableClock
  /** A certificate of the town's invented citizen, right but for `change`. */
  issue(change?: Partial<CertificateWish>, person?: Person): PersonCertificate
  /** Checks against this authority's root, with the issuing authority sent along, as a browser does. */
  check(
    certificate: Pick<PersonCertificate, 'certificate'>, change?: Partial<CertificateQuestion>,
  ): Promise<GoodCertificate | RefusedCertificate>
  close(): Promise<void>
}

export const jovana: Person = { givenName: 'Јована', familyName: 'Маринковић', personalNumber: '2307990855035' }

/** An authority of its own with responder and lists, over real HTTP. */
export async function testAuthority(
  { startsAt, country = 'rs' }: { startsAt?: number; country?: DemoAuthority['country'] } = {},
): Promise<TestAuthority> {
  const clock = new MovableClock(startsAt)
  const revocation = await startRevocationServer({ clock })
  const urls = { ocsp: `${revocation.url}/${country}/ocsp`, crl: `${revocation.url}/${country}/crl` }
  const authority = makeAuthority(country, urls, clock.now())
  revocation.serve(authority)
  const trust = [readCertificate(authority.root.certificate)!]
  return {
    authority,
    revocation,
    clock,
    issue: (change = {}, person = jovana) => issueTo(authority, person, clock.now(), change),
    check: ({ certificate }, change = {}) => checkCertificate({
      leaf: certificate,
      intermediates: [authority.issuing.certificate],
      trust,
      at: clock.now(),
      usage: 'login',
      revocation: { fetcher: overHttp() },
      ...change,
    }),
    close: () => revocation.close(),
  }
}

/** Upper-case hex, as lists name a certificate. */
export function serialOf({ certificate }: Pick<PersonCertificate, 'certificate'>): string {
  return readCertificate(certificate)!.serial
}
