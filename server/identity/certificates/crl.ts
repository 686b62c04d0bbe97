import { fromBER } from 'asn1js'
import { CertificateRevocationList, IssuingDistributionPoint, type Extension, type GeneralName } from 'pkijs'
import { isSignedBy } from './algorithms.ts'
import { urlOf, type Certificate } from './certificate.ts'
import { crlEntryOf } from './crlEntry.ts'
import { reasonName, type Status } from './status.ts'

const ids = { point: '2.5.29.28', delta: '2.5.29.27', number: '2.5.29.20', authorityKey: '2.5.29.35' } as const
const toleranceMs = 5 * 60_000

/** What an authority's list says of `certificate`; `unknown` with the reason when it may not be believed (RFC 5280, 6.3.3). */
export function readCrl(
  der: Uint8Array, certificate: Certificate, issuer: Certificate, limits: { atMs: number; nowMs: number },
): Status {
  try {
    return statusFrom(Buffer.from(der), certificate, issuer, limits)
  } catch {
    // Bytes from outside that are not a list.
    return { kind: 'unknown', reason: 'malformed' }
  }
}

function statusFrom(der: Buffer, certificate: Certificate, issuer: Certificate, { atMs, nowMs }: { atMs: number; nowMs: number }): Status {
  const no = (reason: string): Status => ({ kind: 'unknown', reason })
  const crl = new CertificateRevocationList({ schema: fromBER(der).result })
  const isTheirs = crl.issuer.isEqual(issuer.pki.subject) && (issuer.keyUsage?.has('cRLSign') ?? true) &&
    isSignedBy(issuer.x509.publicKey, crl.signatureAlgorithm, crl.tbsView, crl.signatureValue.valueBlock.valueHexView)
  if (!isTheirs) return no('forged')

  const thisUpdate = crl.thisUpdate.value.getTime()
  const nextUpdate = crl.nextUpdate?.value.getTime()
  // A list without an end could be shown for ever; the profile asks for one (RFC 5280, 5.1.2.5).
  if (thisUpdate > nowMs + toleranceMs || nextUpdate === undefined || nextUpdate + toleranceMs < atMs) return no('stale')
  const extensions = crl.crlExtensions?.extensions ?? []
  if (!covers(extensions, certificate)) return no('about-others')

  const proof = { source: 'crl', thisUpdate, nextUpdate, bytes: der } as const
  const entry = crlEntryOf(crl, certificate.pki.serialNumber.valueBlock.valueHexView)
  if (!entry) return { kind: 'good', proof }
  return { kind: 'revoked', proof, revokedAt: entry.revokedAt, reason: reasonName(entry.reason) }
}

/** Whether the list is about certificates like this one: whole, of its issuer, for all reasons, from its own place. */
function covers(extensions: readonly Extension[], certificate: Certificate): boolean {
  const known: readonly string[] = [ids.point, ids.number, ids.authorityKey]
  // A delta list is one of the critical ones that are not known here.
  if (extensions.some(({ critical, extnID }) => critical && !known.includes(extnID))) return false
  const point: unknown = extensions.find(({ extnID }) => extnID === ids.point)?.parsedValue
  if (point === undefined) return true
  if (!(point instanceof IssuingDistributionPoint)) return false
  const { onlyContainsUserCerts, onlyContainsCACerts, onlyContainsAttributeCerts, onlySomeReasons, indirectCRL, distributionPoint } = point
  if (indirectCRL || onlyContainsAttributeCerts || onlySomeReasons !== undefined && onlySomeReasons !== 0) return false
  if (certificate.isAuthority ? onlyContainsUserCerts : onlyContainsCACerts) return false
  // An authority may keep many lists: one of another place says nothing about this certificate.
  const places = Array.isArray(distributionPoint) ? (distributionPoint as GeneralName[]).flatMap(urlOf) : []
  return places.length === 0 || places.some((place) => certificate.crlUrls.includes(place))
}
