import { faultOf, type KeptSignature, type KeptSignatures } from '../../cases/signatures/keptSignatures.ts'
import type { ShownSignature, ShownSignatures } from '../contract/signatures.ts'

/** The report kept with a file, without the hash of the signer's number. */
export function showSignatures(kept: KeptSignatures | null): ShownSignatures | null {
  if (!kept || kept.kind === 'none') return null
  const { kind, trust, validatedAt } = kept
  return { kind, trust, validatedAt, signatures: kept.signatures.map((each) => showSignature(each, trust)) }
}

// These will not become good by waiting or asking again.
const BAD: ReadonlySet<string> = new Set(['signer-other', 'certificate-revoked', 'form-filled-after'])

function showSignature(kept: KeptSignature, trust: KeptSignatures['trust']): ShownSignature {
  const { indication, sub, remarks, signer, who, claimedAt, provenAt, revocation, level } = kept
  const fault = faultOf(kept)
  const reason = fault === 'issuer-unknown' && trust === 'none' ? 'no-trust-list' : fault
  const isBad = indication === 'TOTAL-FAILED' || (reason !== null && BAD.has(reason))
  return {
    verdict: reason === null ? 'good' : isBad ? 'bad' : 'unsure',
    indication, sub, reason,
    // What is the reason already need not be said twice.
    remarks: remarks.filter((remark) => remark !== reason),
    signer: signer?.name ?? '',
    issuer: signer?.issuer ?? '',
    who, claimedAt, provenAt, revocation, level,
  }
}
