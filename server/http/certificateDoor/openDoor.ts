/**
 * The certificate door: where TLS ends for whoever signs in by e-signature. It asks the browser for a certificate and takes any, so
 * that what is wrong with it can be told in a sentence; who is let in is decided in `visit.ts`.
 */
import { constants, randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { oneAtATime } from '../../base/oneAtATime.ts'
import { Language, languages } from '../contract/words.ts'
import { networkOf } from '../middleware/attempts.ts'
import { inLanguage, readQuestion } from './asked.ts'
import { doorPage } from './doorPage.ts'
import { addressOf, receive, refusedBy, type Outcome, type VisitNeighbors } from './visit.ts'
import { readWords, type Refused } from './words.ts'

export interface DoorSettings {
  host: string
  /** 0 takes any free port. */
  port: number
  /** PEM of the door's own certificate and key: browsers must trust it. */
  tls: { certificate: string | Buffer; key: string | Buffer }
  /** Keycloak as browsers reach it, without a slash at the end. */
  keycloakPublicUrl: string
  publicUrl: string
  /** Per network and minute. A whole town hall comes to work behind one address. */
  limits?: { visits: number; refusals: number }
}

/** What the door writes down of a visit; nothing of it is personal but ids. */
export interface DoorEvent {
  outcome: 'let-in' | Refused
  /** Keycloak's id of the person let in. */
  accountId?: string
  isNew?: boolean
  /** SHA-256 of the certificate. */
  thumbprint?: string | undefined
  fault?: string | undefined
  reasons?: readonly string[] | undefined
}

export interface DoorNeighbors extends Omit<VisitNeighbors, 'clock' | 'inTurn'> {
  clock: Clock
  log: Log
  towns(): readonly { id: string; firstLanguage: Language }[]
  /** Writes it into the town's audit. */
  audit(tenantId: string, event: DoorEvent): Promise<void>
}

export interface CertificateDoor {
  port: number
  close(): Promise<void>
}

// What a visitor may send before being known: a request line and Keycloak's cookies.
const mostHeaderBytes = 16 * 1024

/** Opens the door and answers its port. */
export async function openDoor(settings: DoorSettings, neighbors: DoorNeighbors): Promise<CertificateDoor> {
  const { visits, refusals } = settings.limits ?? { visits: 300, refusals: 60 }
  const limits = {
    visits: new RateLimiterMemory({ points: visits, duration: 60 }),
    refusals: new RateLimiterMemory({ points: refusals, duration: 60 }),
  }
  const wordsIn = readWords()
  const visited = { ...neighbors, inTurn: oneAtATime() }
  const server = createServer({
    cert: settings.tls.certificate,
    key: settings.tls.key,
    requestCert: true,
    // Not by TLS: the handshake would end without a word, and the person would see the browser's own error page.
    rejectUnauthorized: false,
    // 1.2 too: cards of the region cannot make the signatures that 1.3 asks for (RSA-PSS; RFC 8446, 4.2.3).
    minVersion: 'TLSv1.2',
    ciphers: 'TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256:ECDHE+AESGCM:ECDHE+CHACHA20',
    // Each visit shows its certificate anew: no renegotiation in the middle, no resumed session of an earlier one.
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION | constants.SSL_OP_NO_TICKET,
    handshakeTimeout: 10_000,
    maxHeaderSize: mostHeaderBytes,
    headersTimeout: 10_000,
    requestTimeout: 15_000,
    keepAlive: false,
  }, (request, reply) => {
    answer(request, reply).catch((error: unknown) => {
      neighbors.log.error('door-failed', { error })
      reply.destroy()
    })
  })
  server.maxConnections = 500
  server.on('tlsClientError', (error, socket) => {
    neighbors.log.info('door-handshake-failed', { code: (error as NodeJS.ErrnoException).code })
    socket.destroy()
  })

  const answer = async (request: IncomingMessage, reply: ServerResponse): Promise<void> => {
    const network = networkOf(addressOf(request.socket.remoteAddress))
    const reference = randomBytes(6).toString('hex')
    const outcome = await written(await withinLimits(network, () => visitOf(request, visited)), reference)
    // The next visit is a new handshake, in which another certificate may be chosen.
    reply.setHeader('connection', 'close')
    reply.setHeader('cache-control', 'no-store')
    reply.setHeader('referrer-policy', 'no-referrer')
    reply.setHeader('x-content-type-options', 'nosniff')
    if (outcome.kind === 'let-in') {
      reply.writeHead(302, { location: outcome.over.location, 'set-cookie': [...outcome.over.setCookies] }).end()
      return
    }
    showPage(request, reply, outcome, reference)
  }

  /** Someone who tries and tries waits a minute, whatever they try. */
  const withinLimits = async (network: string, visit: () => Promise<Outcome>): Promise<Outcome> => {
    try {
      const refusedSoFar = await limits.refusals.get(network)
      if (refusedSoFar && refusedSoFar.remainingPoints <= 0) throw refusedSoFar
      await limits.visits.consume(network)
    } catch (thrown) {
      if (!(thrown instanceof RateLimiterRes)) throw thrown
      return { kind: 'refused', refused: 'too-many-attempts', question: undefined }
    }
    const outcome = await visit()
    if (outcome.kind === 'refused' && outcome.refused !== 'neighbor-down') await limits.refusals.penalty(network)
    return outcome
  }

  /** Nobody is let in without a line in the audit. */
  const written = async (outcome: Outcome, reference: string): Promise<Outcome> => {
    const event: DoorEvent = outcome.kind === 'let-in'
      ? { outcome: 'let-in', accountId: outcome.accountId, isNew: outcome.isNew, thumbprint: outcome.thumbprint }
      : { outcome: outcome.refused, thumbprint: outcome.thumbprint, fault: outcome.fault, reasons: outcome.reasons }
    const town = neighbors.towns().find(({ id }) => id === outcome.question?.tenantId)
    neighbors.log.info('door-visited', { ...event, tenant: town?.id, reference })
    try {
      if (town) await neighbors.audit(town.id, event)
      return outcome
    } catch (error) {
      neighbors.log.error('door-not-written-down', { error, reference })
      return { kind: 'refused', refused: 'unexpected', question: outcome.question }
    }
  }

  const showPage = (request: IncomingMessage, reply: ServerResponse, outcome: Outcome & { kind: 'refused' }, reference: string): void => {
    const { refused, question } = outcome
    const town = neighbors.towns().find(({ id }) => id === question?.tenantId)
    const language = question?.language ?? acceptedLanguage(request.headers['accept-language']) ?? town?.firstLanguage ?? 'sr-Latn'
    const nonce = randomBytes(16).toString('base64')
    const target = request.url ?? '/'
    reply.setHeader('content-security-policy',
      `default-src 'none'; style-src 'nonce-${nonce}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`)
    reply.setHeader('content-type', 'text/html; charset=utf-8')
    reply.statusCode = statusOf(refused)
    reply.end(doorPage({
      refused,
      language,
      words: wordsIn(language),
      date: outcome.date && dayIn(outcome.date, language),
      inLanguage: question && ((each) => inLanguage(target, each)),
      links: {
        again: question && mayHelp(refused) ? target : undefined,
        password: question?.otherWay && settings.keycloakPublicUrl + question.otherWay,
        portal: `${settings.publicUrl}/${town ? `${town.id}/` : ''}`,
      },
      reference: refused === 'unexpected' ? reference : undefined,
      nonce,
    }))
  }

  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(settings.port, settings.host, resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
}

async function visitOf(request: IncomingMessage, neighbors: DoorNeighbors & Pick<VisitNeighbors, 'inTurn'>): Promise<Outcome> {
  const visit = {
    method: request.method ?? '',
    target: request.url ?? '',
    cookie: request.headers.cookie,
    certificates: shownIn(request.socket as TLSSocket),
  }
  try {
    return await receive(visit, neighbors)
  } catch (error) {
    neighbors.log.warn('door-troubled', { error })
    return { kind: 'refused', refused: refusedBy(error), question: readQuestion(visit.target, neighbors.leg.realm) }
  }
}

/** The certificates of the handshake, the visitor's own first: TLS has proved that the visitor holds its key. */
function shownIn(socket: TLSSocket): Buffer[] {
  const chain: Buffer[] = []
  let next: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true)
  // One that signed itself names itself as its issuer.
  while (next?.raw && chain.length < 12 && !chain.some((each) => each.equals(next!.raw))) {
    chain.push(next.raw)
    next = next.issuerCertificate
  }
  return chain
}

function statusOf(refused: Refused): number {
  const statuses: Partial<Record<Refused, number>> = { 'not-found': 404, 'too-many-attempts': 429, 'neighbor-down': 503, unexpected: 500 }
  return statuses[refused] ?? 403
}

function mayHelp(refused: Refused): boolean {
  return !['sign-in-expired', 'account-closed', 'several-accounts'].includes(refused)
}

const accepted: Readonly<Record<string, Language>> = { sr: 'sr-Latn', bg: 'bg', ro: 'ro', hu: 'hu', en: 'en' }

function acceptedLanguage(header: string | undefined): Language | undefined {
  for (const tag of (header ?? '').split(',').map((part) => part.split(';')[0]!.trim())) {
    const found = languages.find((each) => each.toLowerCase() === tag.toLowerCase()) ?? accepted[tag.slice(0, 2).toLowerCase()]
    if (found) return found
  }
  return undefined
}

/** A day as each language writes it, without the point that ends it: every sentence has one there. */
function dayIn(instant: string, language: Language): string {
  const written = (dateStyle: 'short' | 'long') => new Intl.DateTimeFormat('en-GB', { dateStyle, timeZone: 'Europe/Belgrade' })
  const parts = written('short').formatToParts(new Date(instant))
  const [day, month, year] = (['day', 'month', 'year'] as const).map((type) => parts.find((part) => part.type === type)!.value)
  if (language === 'hu') return `${year}. ${month}. ${day}`
  if (language === 'bg') return `${day}.${month}.${year} г`
  if (language === 'en') return written('long').format(new Date(instant))
  return `${day}.${month}.${year}`
}
