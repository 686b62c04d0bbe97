import { isWeak } from './algorithms.ts'
import { readCertificate, type Certificate } from './certificate.ts'
import { findChain } from './chain.ts'
import { refused, type RefusedCertificate } from './faults.ts'
import { checkRevocation, type RevocationOptions } from './revocation.ts'
import type { RevocationProof } from './status.ts'
import { faultOfUsage, type Usage } from './usage.ts'

export interface CertificateQuestion {
  /** DER of the certificate in question. */
  leaf: Uint8Array
  /** DER of what came with it; may hold anything. */
  intermediates?: readonly Uint8Array[]
  /** The trust list: authorities whose word counts. */
  trust: readonly Certificate[]
  /** For which moment, milliseconds since 1970: now for a login, the proved time of signing for a document. */
  at: number
  usage: Usage
  revocation: RevocationOptions
}

export interface GoodCertificate {
  ok: true
  /** From the certificate itself to the one on the trust list. */
  chain: readonly [Certificate, ...Certificate[]]
  /** For each of the chain but the last, the word of its issuer. */
  proofs: readonly RevocationProof[]
}

/** A person's certificate has 1 to 3 KB; one with a post-quantum signature would still fit. */
const maxBytes = 16 * 1024
const maxIntermediates = 8

/**
 * Whether a certificate may be believed at a moment: read, chained to the trust list, within its dates, strong, made for this
 * use, and not revoked, in this order. Never throws for what is in the certificate; nothing is asked of the network before the
 * chain is proved.
 */
export async function checkCertificate(
  { leaf, intermediates = [], trust, at, usage, revocation }: CertificateQuestion,
): Promise<GoodCertificate | RefusedCertificate> {
  if (leaf.length > maxBytes) return refused('too-large', { bytes: leaf.length })
  if (intermediates.length > maxIntermediates || intermediates.some(({ length }) => length > maxBytes)) {
    return refused('too-large', { certificates: intermediates.length }, 'issuer')
  }
  const certificate = readCertificate(leaf)
  if (!certificate) return refused('malformed')
  const found = findChain(certificate, intermediates.flatMap((der) => readCertificate(der) ?? []), trust, at)
  if (!found.ok) return found
  if (at < certificate.notBefore) return refused('not-yet-valid', { from: new Date(certificate.notBefore).toISOString() })
  if (at > certificate.notAfter) return refused('expired', { since: new Date(certificate.notAfter).toISOString() })
  if (certificate.unknownCritical.length > 0) return refused('unknown-constraint', { extensions: certificate.unknownCritical })
  if (isWeak(certificate)) return refused('weak')
  const misuse = faultOfUsage(certificate, usage)
  if (misuse) return refused('wrong-usage', { reason: misuse })
  const state = await checkRevocation(found.chain, at, revocation)
  if (!state.ok) return state
  return { ok: true, chain: found.chain as GoodCertificate['chain'], proofs: state.proofs }
}
