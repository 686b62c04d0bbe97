import { isWeak } from './algorithms.ts'
import type { Certificate } from './certificate.ts'
import { refused, type RefusedCertificate } from './faults.ts'

export interface FoundChain {
  ok: true
  /** From the leaf to the one on the trust list. */
  chain: readonly Certificate[]
}

// A state's list names authorities that issue to people, or their roots: two or three links. More is an attack on our time.
const longest = 6

/**
 * The way from `leaf` to a certificate of the trust list (RFC 5280, 6.1, without policies): each signed by the next, each
 * issuer an authority within its dates at `atMs`. Of several ways, the first that holds.
 */
export function findChain(
  leaf: Certificate, intermediates: readonly Certificate[], trust: readonly Certificate[], atMs: number,
): FoundChain | RefusedCertificate {
  let nearest: RefusedCertificate = refused('unknown-issuer')
  const keep = (fault: RefusedCertificate): void => {
    if (nearest.fault === 'unknown-issuer' || nearest.fault === 'bad-signature') nearest = fault
  }

  const extend = (chain: readonly Certificate[]): readonly Certificate[] | undefined => {
    const last = chain.at(-1)!
    if (isOn(trust, last)) return chain
    if (chain.length >= longest) return undefined
    for (const issuer of [...trust, ...intermediates]) {
      if (isOn(chain, issuer) || !last.x509.checkIssued(issuer.x509)) continue
      if (!isIssuedBy(last, issuer)) {
        keep(refused('bad-signature', { depth: chain.length }))
        continue
      }
      const fault = faultOfIssuer(issuer, chain.length - 1, atMs)
      if (fault) {
        keep(fault)
        continue
      }
      const whole = extend([...chain, issuer])
      if (whole) return whole
    }
    return undefined
  }

  const chain = extend([leaf])
  // The leaf itself on the trust list would be an authority signing in as a person.
  return chain && chain.length > 1 ? { ok: true, chain } : nearest
}

function isOn(list: readonly Certificate[], wanted: Certificate): boolean {
  return list.some(({ thumbprint }) => thumbprint === wanted.thumbprint)
}

/** Whether the issuer's key signed it. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  try {
    return certificate.x509.verify(issuer.x509.publicKey)
  } catch {
    // Another kind of key than the signature asks for.
    return false
  }
}

/** What keeps an issuer from issuing, `below` other authorities already standing under it. */
function faultOfIssuer(issuer: Certificate, below: number, atMs: number): RefusedCertificate | undefined {
  const no = (reason: string): RefusedCertificate => refused('issuer-not-valid', { reason, issuer: issuer.thumbprint }, 'issuer')
  if (atMs < issuer.notBefore || atMs > issuer.notAfter) return no('dates')
  if (!issuer.isAuthority) return no('not-an-authority')
  if (issuer.keyUsage && !issuer.keyUsage.has('keyCertSign')) return no('key-usage')
  if (issuer.pathLength !== undefined && below > issuer.pathLength) return no('path-length')
  if (issuer.unknownCritical.length > 0) return refused('unknown-constraint', { extensions: issuer.unknownCritical }, 'issuer')
  if (isWeak(issuer)) return refused('weak', { issuer: issuer.thumbprint }, 'issuer')
  return undefined
}
