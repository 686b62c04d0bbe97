import { Enumerated } from 'asn1js'
import type { CertificateRevocationList } from 'pkijs'

/** What a list says of one certificate: since when it is revoked, ms, and why (CRLReason by number; 0: not said). */
export interface CrlEntry {
  revokedAt: number
  reason: number
}

const reasonId = '2.5.29.21'

/** The entry of the certificate with this number; undefined when the list does not name it. */
export function crlEntryOf(crl: CertificateRevocationList, serial: Uint8Array): CrlEntry | undefined {
  const wanted = Buffer.from(serial)
  const entry = crl.revokedCertificates?.find(({ userCertificate }) => wanted.equals(userCertificate.valueBlock.valueHexView))
  if (!entry) return undefined
  const reason: unknown = entry.crlEntryExtensions?.extensions.find(({ extnID }) => extnID === reasonId)?.parsedValue
  return { revokedAt: entry.revocationDate.value.getTime(), reason: reason instanceof Enumerated ? reason.valueBlock.valueDec : 0 }
}
