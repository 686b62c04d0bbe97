import { isStrongAt } from '../cms/algorithms.ts'
import type { SignaturePolicy } from '../policy.ts'
import type { Reason, SubIndication } from '../report.ts'
import type { Certificate } from './certificate.ts'
import { buildChain } from './chain.ts'
import type { RevocationDesk } from './revocationDesk.ts'
import { statusOf, type RevocationMaterial, type Status } from './revocation.ts'

export interface ChainFault {
  sub: SubIndication
  reason: Reason
}

export interface ChainFinding {
  fault: ChainFault | null
  /** Of the certificate itself. */
  status: Status | undefined
}

export interface ChainQuestion {
  leaf: Certificate
  known: readonly Certificate[]
  trusted: readonly Certificate[]
  material: RevocationMaterial
  desk: RevocationDesk
  policy: SignaturePolicy
  /** The present moment, ms. */
  atMs: number
  /** The earliest moment for which there is proof that the signature existed; the present one without a time stamp. */
  provenMs: number
  /** What the certificate must be for. */
  use: 'signing' | 'time-stamping'
}

const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'

/** Validates a certificate up to the trust list (EN 319 102-1, 5.2.6), and again for the proven moment (5.6.2.2) where it fails today. */
export async function judgeChain(question: ChainQuestion): Promise<ChainFinding> {
  const { leaf, known, trusted } = question
  const chain = buildChain(leaf, known, trusted)
  if (!chain) return { fault: { sub: 'NO_CERTIFICATE_CHAIN_FOUND', reason: 'issuer-unknown' }, status: undefined }
  let status: Status | undefined
  for (const [index, certificate] of chain.slice(0, -1).entries()) {
    const issuer = chain[index + 1]!
    // Only now: addresses are asked that an authority of the trust list, not a stranger, has written.
    const asked = await question.desk.ask(certificate, issuer, question.atMs)
    const found = statusOf(certificate, issuer, joined(question.material, asked), question.atMs)
    if (index === 0) status = found
    const fault = (index === 0 ? leafFault(question, certificate) : authorityFault(certificate)) ??
      revocationFault(question, index, found, whyUnknown(question, certificate, issuer, asked.isUnreachable)) ??
      strengthFault(question, certificate, issuer) ?? boundsFault(question, certificate)
    if (fault) return { fault, status }
  }
  return { fault: null, status }
}

const joined = (one: RevocationMaterial, other: RevocationMaterial): RevocationMaterial => ({
  crls: [...one.crls, ...other.crls], ocsps: [...one.ocsps, ...other.ocsps],
})

function leafFault({ use, policy }: ChainQuestion, leaf: Certificate): ChainFault | undefined {
  const isFit = use === 'time-stamping' ? leaf.purposes.includes(TIME_STAMPING) : !policy.forSigning || leaf.may('nonRepudiation') === true
  return isFit ? undefined : { sub: 'CHAIN_CONSTRAINTS_FAILURE', reason: 'not-for-signing' }
}

function authorityFault(authority: Certificate): ChainFault | undefined {
  const isFit = authority.isAuthority && authority.may('keyCertSign') !== false
  return isFit ? undefined : { sub: 'CERTIFICATE_CHAIN_GENERAL_FAILURE', reason: 'issuer-no-authority' }
}

/** Lists leave out who has expired, and who is no authority signs none: then that is the reason to tell. */
function whyUnknown({ atMs }: ChainQuestion, certificate: Certificate, issuer: Certificate, isUnreachable: boolean): Reason {
  if (authorityFault(issuer)) return 'issuer-no-authority'
  if (isUnreachable) return 'revocation-unreachable'
  if (certificate.notBefore > atMs) return 'certificate-not-yet-valid'
  return certificate.notAfter < atMs ? 'certificate-expired' : 'revocation-unknown'
}

function revocationFault(
  { policy, atMs, provenMs, use }: ChainQuestion, index: number, status: Status | undefined, whyNone: Reason,
): ChainFault | undefined {
  if (!status) {
    if (use === 'time-stamping' && index > 0) return undefined
    return { sub: 'CERTIFICATE_CHAIN_GENERAL_FAILURE', reason: whyNone }
  }
  if (status.state === 'held' && status.since! <= provenMs) return { sub: 'TRY_LATER', reason: 'certificate-suspended' }
  if (status.state === 'revoked' && status.since! <= provenMs) {
    return index === 0 ? { sub: 'REVOKED_NO_POE', reason: 'certificate-revoked' } : { sub: 'REVOKED_CA_NO_POE', reason: 'issuer-revoked' }
  }
  const isOver = status.thisUpdate < provenMs && status.nextUpdate !== null && status.nextUpdate < atMs
  const isOld = policy.freshRevocation && use === 'signing' && isOver
  return isOld ? { sub: 'TRY_LATER', reason: 'revocation-old' } : undefined
}

function strengthFault({ provenMs }: ChainQuestion, certificate: Certificate, issuer: Certificate): ChainFault | undefined {
  const method = certificate.signedWith(issuer)
  return method && isStrongAt(method, provenMs) ? undefined : { sub: 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE', reason: 'algorithm-weak' }
}

function boundsFault({ atMs, provenMs }: ChainQuestion, certificate: Certificate): ChainFault | undefined {
  if (certificate.isValidAt(atMs) || certificate.isValidAt(provenMs)) return undefined
  const reason = certificate.notBefore > provenMs ? 'certificate-not-yet-valid' : 'certificate-expired'
  return { sub: 'OUT_OF_BOUNDS_NOT_REVOKED', reason }
}
