/** What EN 319 102-1 (5.1.3) lets a validation end with. */
export type Indication = 'TOTAL-PASSED' | 'TOTAL-FAILED' | 'INDETERMINATE'

export type SubIndication =
  | 'FORMAT_FAILURE' | 'HASH_FAILURE' | 'SIG_CRYPTO_FAILURE'
  | 'NO_SIGNING_CERTIFICATE_FOUND' | 'SIGNED_DATA_NOT_FOUND' | 'SIG_CONSTRAINTS_FAILURE' | 'CHAIN_CONSTRAINTS_FAILURE'
  | 'CERTIFICATE_CHAIN_GENERAL_FAILURE' | 'NO_CERTIFICATE_CHAIN_FOUND' | 'TRY_LATER'
  | 'REVOKED_NO_POE' | 'REVOKED_CA_NO_POE' | 'OUT_OF_BOUNDS_NOT_REVOKED' | 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE'

/** Why, in words of a town hall: each is the last part of a text key. */
export const reasons = [
  'range-broken', 'several-signers', 'pages-changed', 'content-changed', 'notes-added', 'change-forbidden', 'field-closed',
  'certificate-missing', 'certificate-other', 'certificate-not-named', 'time-missing', 'digest-missing',
  'file-missing', 'file-altered', 'signature-broken',
  'issuer-unknown', 'not-for-signing', 'issuer-no-authority', 'issuer-revoked',
  'revocation-unknown', 'revocation-unreachable', 'revocation-old', 'certificate-suspended', 'certificate-revoked',
  'certificate-expired', 'certificate-not-yet-valid', 'algorithm-weak',
] as const
export type Reason = (typeof reasons)[number]

/** What does not change the verdict, but whoever reads the file should know. */
export const remarks = ['time-only-claimed', 'time-in-future', 'stamp-not-trusted', 'form-filled-after'] as const
export type Remark = (typeof remarks)[number]

/** The finding about one signature. */
export interface SignatureFinding {
  indication: Indication
  /** Null only with TOTAL-PASSED. */
  sub: SubIndication | null
  reason: Reason | null
  remarks: readonly Remark[]
  /** Where the profile goes: B, with a time stamp T, with validation material LT, with an archive stamp LTA. */
  level: 'B' | 'T' | 'LT' | 'LTA'
  /** Who the certificate names; null where there is none that could be read. The number is personal: hash it, never log it. */
  signer: { name: string; issuer: string; personalNumber: string | null } | null
  /** What the signer says, ISO 8601. */
  claimedAt: string | null
  /** What trusted time stamps prove, ISO 8601. */
  provenAt: string | null
  revocation: 'good' | 'revoked' | 'suspended' | 'unknown'
}

/** The finding about a file. */
export interface SignatureReport {
  /** `none`: no signature. `unreadable`: something claims to be one, and nobody can read it. */
  kind: 'signed' | 'none' | 'unreadable'
  validatedAt: string
  signatures: readonly SignatureFinding[]
}
