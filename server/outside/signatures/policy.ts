/** What fails a signature beyond what EN 319 102-1 decides for itself. */
export interface SignaturePolicy {
  /** The signature must name its certificate (signing-certificate, RFC 5035). */
  certificateNamed: boolean
  /** The certificate must be for signing (nonRepudiation). */
  forSigning: boolean
  /** Revocation lists and answers must still hold. */
  freshRevocation: boolean
  /** A certification and closed fields are kept. */
  permissions: boolean
  /** Nothing but forms, signatures and validation material was added. */
  unchangedContent: boolean
}

/** A town hall's: what the citizen signed is what the clerk sees, and the certificate was given for signing. */
export const townPolicy: SignaturePolicy = {
  certificateNamed: true, forSigning: true, freshRevocation: true, permissions: true, unchangedContent: true,
}

/** As lenient as the default of EU DSS 6.2, which only warns of these: kept to compare with it. */
export const dssDefaultPolicy: SignaturePolicy = {
  certificateNamed: false, forSigning: false, freshRevocation: false, permissions: false, unchangedContent: false,
}
