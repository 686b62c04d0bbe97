/** Why a certificate is not believed. Codes are permanent: each is the key of a sentence people read. */
export type CertificateFault =
  /** Not DER, not X.509, or broken inside. */
  | 'malformed'
  /** Larger than any certificate of a person is. */
  | 'too-large'
  /** Nobody on the trust list has issued it. */
  | 'unknown-issuer'
  /** It names an issuer of the trust list, but that issuer has not signed it. */
  | 'bad-signature'
  | 'not-yet-valid'
  | 'expired'
  /** An issuer between it and the trust list is out of its dates or may not issue. */
  | 'issuer-not-valid'
  /** A signature or a key that can be broken today (ETSI TS 119 312). */
  | 'weak'
  /** It carries a critical extension that is not understood here, so it must be refused (RFC 5280, 4.2). */
  | 'unknown-constraint'
  /** It was not made for what is done with it: a server's, a stamp's, one for encryption only. */
  | 'wrong-usage'
  | 'revoked'
  /** Nobody who may say so has said that it is still good. */
  | 'revocation-unknown'

/** Ids, dates and reasons; never a name or a number of the holder. */
export type FaultFacts = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

/** A certificate that is not believed, and why. `of` tells whether the fault is its own or an issuer's. */
export interface RefusedCertificate {
  ok: false
  fault: CertificateFault
  of: 'leaf' | 'issuer'
  facts: FaultFacts
}

export function refused(fault: CertificateFault, facts: FaultFacts = {}, of: 'leaf' | 'issuer' = 'leaf'): RefusedCertificate {
  return { ok: false, fault, of, facts }
}
