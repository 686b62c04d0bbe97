import type { Certificate } from './certificate.ts'

const LONGEST = 8

/** From the certificate up to a trusted one, which is last; undefined when none is reached (RFC 5280, 6; EN 319 102-1, 5.2.6.4). */
export function buildChain(leaf: Certificate, known: readonly Certificate[], trusted: readonly Certificate[]): Certificate[] | undefined {
  return extend([leaf], known, trusted)
}

function extend(chain: Certificate[], known: readonly Certificate[], trusted: readonly Certificate[]): Certificate[] | undefined {
  const last = chain.at(-1)!
  if (trusted.some(({ id }) => id === last.id)) return chain
  if (chain.length >= LONGEST) return undefined
  const anchor = trusted.find((each) => last.isIssuedBy(each))
  if (anchor) return [...chain, anchor]
  for (const candidate of known) {
    if (chain.some(({ id }) => id === candidate.id) || !last.isIssuedBy(candidate)) continue
    const found = extend([...chain, candidate], known, trusted)
    if (found) return found
  }
  return undefined
}
