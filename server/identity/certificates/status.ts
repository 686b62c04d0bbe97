/** The signed word of an authority, as it was received: may be kept with a document as evidence. */
export interface RevocationProof {
  source: 'ocsp' | 'crl'
  /** Milliseconds since 1970. */
  thisUpdate: number
  nextUpdate: number | undefined
  /** DER. */
  bytes: Buffer
}

/** What one source says of one certificate. */
export type Status =
  | { kind: 'good'; proof: RevocationProof }
  | { kind: 'revoked'; proof: RevocationProof; revokedAt: number; reason: string }
  /** Not to be believed, or not told: unreachable, malformed, forged, replayed, stale, about-another … */
  | { kind: 'unknown'; reason: string }

/** CRLReason (RFC 5280, 5.3.1), by number. */
const reasons: readonly string[] = [
  'unspecified', 'key-compromise', 'ca-compromise', 'affiliation-changed', 'superseded', 'cessation-of-operation', 'certificate-hold', '',
  'remove-from-crl', 'privilege-withdrawn', 'aa-compromise',
]

/** The reason of a revocation in words; a number that is not in the standard is none. */
export function reasonName(number: number): string {
  return reasons[number] ?? 'unspecified'
}
