import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../../base/clock.ts'
import type { DemoAuthority } from './authority.ts'
import { makeCertificate, makeKeys, nameIds, type Issuer } from './makeCertificate.ts'
import { makeCrl, makeOcspAnswer, makeOcspTryLater, readOcspRequest, type Revoked } from './makeRevocation.ts'

/** How a source answers: rightly, or wrongly on purpose. */
export type OcspMode =
  'good' | 'delegated' | 'silent' | 'try-later' | 'garbage' | 'forged' | 'replayed' | 'stale' | 'unknown' | 'without-nonce'
export type CrlMode = 'good' | 'silent' | 'garbage' | 'forged' | 'stale'

export interface RevocationServer {
  /** Without a slash at the end; below it `/{country}/ocsp`, `/{country}/crl` and `/{country}/crl/root`. */
  url: string
  /** Puts authorities under their country. */
  serve(...authorities: DemoAuthority[]): void
  revoke(serial: string, reason?: number): void
  /** Tests only: how it answers from now on. */
  ocsp: OcspMode
  crl: CrlMode
  /** What was asked: `ocsp` or `crl`, in order. */
  asked: string[]
  close(): Promise<void>
}

const hourMs = 3_600_000

/**
 * A SIMULATOR of what an authority runs beside its certificates: a responder (RFC 6960) and lists (RFC 5280), over real HTTP, signed with
 * the demo authority's keys. It can fail on purpose. `revoked` are serial numbers that were revoked before it began.
 */
export async function startRevocationServer(
  { port = 0, host = '127.0.0.1', clock }: { port?: number; host?: string; clock: Pick<Clock, 'now'> },
): Promise<RevocationServer> {
  const authorities = new Map<string, DemoAuthority>()
  const revoked: Revoked[] = []
  const asked: string[] = []
  const state: Pick<RevocationServer, 'ocsp' | 'crl'> = { ocsp: 'good', crl: 'good' }
  const imposter = makeImposter(clock.now())
  let captured: Buffer | undefined

  const answerOcsp = (authority: DemoAuthority, request: Buffer): Buffer => {
    const nowMs = clock.now()
    const { ids, nonce } = readOcspRequest(request)
    if (state.ocsp === 'try-later') return makeOcspTryLater()
    if (state.ocsp === 'garbage') return Buffer.from('<html>busy</html>')
    // An answer that was true once, kept by someone on the way and shown again.
    if (state.ocsp === 'replayed' && captured) return captured
    const age = state.ocsp === 'stale' ? 48 * hourMs : 0
    const signer = state.ocsp === 'forged' ? imposter : state.ocsp === 'delegated' ? delegateOf(authority, nowMs) : authority.issuing
    const answer = makeOcspAnswer(ids.map((id) => {
      const serial = Buffer.from(id.serialNumber.valueBlock.valueHexView).toString('hex').toUpperCase()
      const found = revoked.find((each) => each.serial === serial)
      const status = state.ocsp === 'unknown' ? 'unknown' : state.ocsp === 'forged' ? 'good' : (found ?? 'good')
      return { id, status } as const
    }), {
      signer,
      certificates: signer === authority.issuing ? [] : [signer.certificate],
      producedAt: nowMs - age,
      thisUpdate: nowMs - age,
      nextUpdate: nowMs - age + hourMs,
      ...(nonce && state.ocsp !== 'without-nonce' && state.ocsp !== 'stale' && { nonce }),
    })
    captured ??= answer
    return answer
  }

  const listOf = (authority: DemoAuthority, ofRoot: boolean): Buffer => {
    const nowMs = clock.now()
    if (state.crl === 'garbage') return Buffer.from('<html>busy</html>')
    const age = state.crl === 'stale' ? 48 * hourMs : 0
    const { root, issuing } = authority
    const issuer = ofRoot ? root : issuing
    // The imposter takes the issuer's name, but has not its key.
    const signer = state.crl === 'forged' && !ofRoot ? { ...imposter, certificate: issuer.certificate } : issuer
    const serials = ofRoot || state.crl === 'forged' ? [] : revoked
    return makeCrl(signer, serials, { thisUpdate: nowMs - age, nextUpdate: nowMs - age + 24 * hourMs })
  }

  const answer = async (request: IncomingMessage, reply: ServerResponse): Promise<void> => {
    const [, country = '', kind, part] = (request.url ?? '').split('/')
    const authority = authorities.get(country)
    if (!authority || (kind !== 'ocsp' && kind !== 'crl')) return void reply.writeHead(404).end()
    asked.push(kind)
    const mode = kind === 'ocsp' ? state.ocsp : state.crl
    // Silence: the connection is dropped, as by a firewall or a server that is down.
    if (mode === 'silent') return void request.socket.destroy()
    const body = kind === 'ocsp' ? answerOcsp(authority, await bodyOf(request)) : listOf(authority, part === 'root')
    reply.writeHead(200, { 'content-type': kind === 'ocsp' ? 'application/ocsp-response' : 'application/pkix-crl' }).end(body)
  }

  const server = createServer((request, reply) => {
    answer(request, reply).catch(() => reply.destroyed || reply.writeHead(400).end())
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  const url = `http://${host}:${(server.address() as AddressInfo).port}`
  return Object.assign(state, {
    url,
    asked,
    serve: (...all: DemoAuthority[]) => all.forEach((each) => authorities.set(each.country, each)),
    revoke: (serial: string, reason = 1) => void revoked.push({ serial, reason, atMs: clock.now() - hourMs }),
    close: () => new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  })
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > 64 * 1024) throw new Error('Expected a short request')
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** A certificate for answering, given by the issuing authority (RFC 6960, 4.2.2.2). */
function delegateOf({ issuing }: DemoAuthority, nowMs: number): Issuer {
  const keys = makeKeys()
  const dates = { notBefore: nowMs - hourMs, notAfter: nowMs + 24 * hourMs }
  const certificate = makeCertificate({
    subject: [[nameIds.commonName, 'Demo OCSP']], keys, issuer: issuing, ...dates,
    keyUsage: ['digitalSignature'], purposes: ['1.3.6.1.5.5.7.3.9'],
  })
  return { ...keys, certificate }
}

/** Someone on the way to the responder, with a key of their own. */
function makeImposter(nowMs: number): Issuer {
  const keys = makeKeys()
  const dates = { notBefore: nowMs - hourMs, notAfter: nowMs + 24 * hourMs }
  const certificate = makeCertificate({
    subject: [[nameIds.commonName, 'Imposter']], keys, ...dates, keyUsage: ['digitalSignature'], purposes: ['1.3.6.1.5.5.7.3.9'],
  })
  return { ...keys, certificate }
}
