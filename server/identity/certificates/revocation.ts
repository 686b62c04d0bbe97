import type { Certificate } from './certificate.ts'
import { readCrl } from './crl.ts'
import { refused, type RefusedCertificate } from './faults.ts'
import type { Fetcher } from './fetcher.ts'
import { askOcsp, readOcsp } from './ocsp.ts'
import type { RevocationProof, Status } from './status.ts'

export interface RevocationOptions {
  /** Asks the places that the certificate names. Without it only what is given counts. */
  fetcher?: Fetcher
  /** Answers and lists that came with a document (PAdES, CAdES). They are looked at first. */
  given?: { ocsp?: readonly Uint8Array[]; crls?: readonly Uint8Array[] }
  /** How old an answer may be that tells neither our nonce nor its own end; default one hour. */
  freshMs?: number
  /** The present, when it is not the moment that is asked about: a later word about an earlier moment is welcome. */
  nowMs?: number
}

/**
 * Whether every certificate of a proved chain, but the one on the trust list, is still good at `atMs`. Each is asked about at
 * its issuer's responder, and when that is silent or not to be believed, in the issuer's list. Nobody's word: refused.
 */
export async function checkRevocation(
  chain: readonly Certificate[], atMs: number, options: RevocationOptions,
): Promise<{ ok: true; proofs: readonly RevocationProof[] } | RefusedCertificate> {
  const proofs: RevocationProof[] = []
  for (const [at, certificate] of chain.slice(0, -1).entries()) {
    const of = at === 0 ? 'leaf' : 'issuer'
    const status = await statusOf(certificate, chain[at + 1]!, atMs, options)
    if (status.kind === 'unknown') return refused('revocation-unknown', { reasons: status.reasons }, of)
    // A signature from before the day of the revocation stays good, if that time is proved.
    if (status.kind === 'revoked' && status.revokedAt <= atMs) {
      return refused('revoked', { reason: status.reason, revokedAt: new Date(status.revokedAt).toISOString() }, of)
    }
    proofs.push(status.proof)
  }
  return { ok: true, proofs }
}

type Known = Exclude<Status, { kind: 'unknown' }> | { kind: 'unknown'; reasons: string[] }

async function statusOf(certificate: Certificate, issuer: Certificate, atMs: number, options: RevocationOptions): Promise<Known> {
  const reasons: string[] = []
  for await (const { source, status } of sources(certificate, issuer, atMs, options)) {
    if (status.kind !== 'unknown') return status
    reasons.push(`${source}: ${status.reason}`)
    // The issuer's own word that it knows no such certificate weighs more than a list on which it does not stand.
    if (status.reason === 'not-known-there') break
  }
  return { kind: 'unknown', reasons: reasons.length > 0 ? reasons : ['no-source'] }
}

interface Said {
  source: string
  status: Status
}

/** One word after the other, the cheapest first; whoever has heard enough stops asking. */
async function* sources(
  certificate: Certificate, issuer: Certificate, atMs: number, { fetcher, given, freshMs = 3_600_000, nowMs = atMs }: RevocationOptions,
): AsyncGenerator<Said> {
  for (const der of given?.ocsp ?? []) yield { source: 'given ocsp', status: readOcsp(der, certificate, issuer, { atMs, nowMs, freshMs }) }
  for (const der of given?.crls ?? []) yield { source: 'given crl', status: readCrl(der, certificate, issuer, { atMs, nowMs }) }
  if (!fetcher) return
  for (const url of certificate.ocspUrls.slice(0, 2)) {
    const { der, nonce } = askOcsp(certificate, issuer)
    const answer = await bytesFrom(fetcher, { url, body: der, contentType: 'application/ocsp-request' })
    yield { source: 'ocsp', status: answer ? readOcsp(answer, certificate, issuer, { atMs, nowMs, nonce, freshMs }) : unreachable }
  }
  for (const url of certificate.crlUrls.slice(0, 3)) {
    const list = await bytesFrom(fetcher, { url })
    yield { source: 'crl', status: list ? readCrl(list, certificate, issuer, { atMs, nowMs }) : unreachable }
  }
}

const unreachable: Status = { kind: 'unknown', reason: 'unreachable' }

async function bytesFrom(fetcher: Fetcher, question: Parameters<Fetcher>[0]): Promise<Uint8Array | undefined> {
  try {
    return await fetcher(question)
  } catch {
    // Silence is an answer here: the next source is asked, and nobody's word at all is refused.
    return undefined
  }
}
