import type { SignatureFinding, SignatureReport, SignatureValidator } from '../../outside/signatures/index.ts'

/**
 * Whose signature it is, as far as the case can tell. `applicant` and `representative` (who files for another): the number in the
 * certificate is theirs. `other`: it is somebody else's. `same-name`: no number to compare, but the name. `unknown`: neither.
 */
export type WhoSigned = 'applicant' | 'representative' | 'other' | 'same-name' | 'unknown'

export interface KeptSignature extends Omit<SignatureFinding, 'signer'> {
  signer: { name: string; issuer: string } | null
  /** Keyed hash of the number in the certificate, hex. The number itself is not kept. */
  numberHash: string | null
  who: WhoSigned
}

/** The report that is kept with a file. */
export interface KeptSignatures {
  /** `unchecked`: nobody could look at it when it came. */
  kind: SignatureReport['kind'] | 'unchecked'
  trust: SignatureValidator['trust']
  /** ISO 8601. */
  validatedAt: string
  /** The paper beside which a detached signature lies. */
  beside: string | null
  signatures: readonly KeptSignature[]
}

/** Why a file is not taken where a signed one is asked for: the last part of a text key. */
export type SignatureRefusal =
  | NonNullable<SignatureFinding['reason']>
  | 'signer-other' | 'form-filled-after' | 'time-in-future' | 'unreadable' | 'unchecked' | 'no-trust-list'

/**
 * What keeps a file from being taken as signed; null when nothing does, also where there is no signature yet: it may come beside.
 * Taken is one signature that passed whole, of nobody else than who files, with no broken one next to it.
 */
export function refusalOf({ kind, trust, signatures }: KeptSignatures): SignatureRefusal | null {
  if (kind === 'unreadable' || kind === 'unchecked') return kind
  const [first] = signatures
  if (!first) return null
  const broken = signatures.find(({ indication }) => indication === 'TOTAL-FAILED')
  if (broken) return broken.reason
  if (signatures.some((each) => faultOf(each) === null)) return null
  const reason = faultOf(first)
  return reason === 'issuer-unknown' && trust === 'none' ? 'no-trust-list' : reason
}

/** Whether it counts as the signature that was asked for. */
export function isSigned(kept: KeptSignatures | null): boolean {
  return kept !== null && kept.signatures.length > 0 && refusalOf(kept) === null
}

/** Why one signature is not good enough, null when it is. */
export function faultOf({ indication, reason, remarks, who }: KeptSignature): SignatureRefusal | null {
  if (indication !== 'TOTAL-PASSED') return reason
  if (remarks.includes('form-filled-after')) return 'form-filled-after'
  if (remarks.includes('time-in-future')) return 'time-in-future'
  return who === 'other' ? 'signer-other' : null
}
