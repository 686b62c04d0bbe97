/** One visit at the door: from a certificate to a person who is signed in, or to a page that says why not. */
import { isIP } from 'node:net'
import { Outage } from '../../base/errors.ts'
import type { OneAtATime } from '../../base/oneAtATime.ts'
import { checkCertificate, holderOf, type Certificate, type CertificateFault, type Fetcher } from '../../identity/certificates/index.ts'
import type { ESignaturePeople } from '../../identity/eSignature/people.ts'
import { sha256 } from '../../identity/keys.ts'
import type { Country } from '../../rules/identifiers/index.ts'
import { readQuestion, type DoorQuestion } from './asked.ts'
import { handOver, keycloakCookies, signedInSubject, type HandOver, type KeycloakLeg } from './handOver.ts'
import { pageOfFault, type Refused } from './words.ts'

/** An authority on a country's trust list. */
export interface Trusted {
  country: Country
  authority: Certificate
}

export interface VisitNeighbors {
  leg: KeycloakLeg
  people: ESignaturePeople
  trust: readonly Trusted[]
  /** How lists and responders are asked. */
  fetcher: Fetcher
  clock: { now(): number }
  /** Whose turn it is at Keycloak, by account. */
  inTurn: OneAtATime
}

/** What a visitor brought. */
export interface Visit {
  method: string
  /** Path and query as they came. */
  target: string
  cookie: string | undefined
  /** DER: the certificate whose key the visitor has proved to hold, and what was sent along. */
  certificates: readonly Buffer[]
}

export type Outcome =
  | { kind: 'let-in'; question: DoorQuestion; over: HandOver; accountId: string; isNew: boolean; thumbprint: string }
  | {
    kind: 'refused'
    refused: Refused
    question: DoorQuestion | undefined
    /** SHA-256 of the certificate; undefined when none was shown. */
    thumbprint?: string | undefined
    /** What exactly was wrong, for the audit. */
    fault?: CertificateFault | 'foreign-number' | undefined
    /** Reasons in the terms of the standards. */
    reasons?: readonly string[]
    /** The day that the sentence speaks of. */
    date?: string | undefined
  }

/** Never throws for what the visitor brought; an Outage when Keycloak is silent. */
export async function receive(visit: Visit, { leg, people, trust, fetcher, clock, inTurn }: VisitNeighbors): Promise<Outcome> {
  const question = visit.method === 'GET' ? readQuestion(visit.target, leg.realm) : undefined
  if (!question) return { kind: 'refused', refused: 'not-found', question }
  const [leaf, ...intermediates] = visit.certificates
  if (!leaf) return { kind: 'refused', refused: 'no-certificate', question }

  const authorities = trust.map(({ authority }) => authority)
  const verdict = await checkCertificate({
    leaf, intermediates, trust: authorities, at: clock.now(), usage: 'login', revocation: { fetcher },
  })
  if (!verdict.ok) {
    const { fault, facts, of } = verdict
    const date = of === 'leaf' ? facts.since ?? facts.from : undefined
    return {
      kind: 'refused', refused: pageOfFault(fault), question, fault, thumbprint: thumbprintOf(leaf), reasons: reasonsIn(facts),
      ...(typeof date === 'string' && { date }),
    }
  }
  const [certificate] = verdict.chain
  const { thumbprint } = certificate
  const holder = holderOf(certificate)
  if (!holder) return { kind: 'refused', refused: 'no-identifier', question, thumbprint }
  // A country's number is believed from that country's authorities alone: another's may not say who our people are.
  const anchor = verdict.chain.at(-1)!
  const isFromThere = trust.some(({ country, authority }) => country === holder.country && authority.thumbprint === anchor.thumbprint)
  if (!isFromThere) return { kind: 'refused', refused: 'unknown-issuer', question, thumbprint, fault: 'foreign-number' }

  const account = await people.accountOf(holder, thumbprint)
  if (!account) return { kind: 'refused', refused: 'several-accounts', question, thumbprint }
  if (account.isClosed) return { kind: 'refused', refused: 'account-closed', question, thumbprint }
  const cookies = keycloakCookies(visit.cookie)
  const here = signedInSubject(cookies)
  const isAnother = here !== undefined && here !== account.id
  // While one login of an account is under way Keycloak refuses every other: its guard against guessing looks at no two at once
  // (26, "concurrent login requests are blocked"). So two tabs take turns; at another door's turn it is asked once again.
  const over = await inTurn(account.id, async (): Promise<HandOver | undefined> => {
    const tryOnce = (): Promise<HandOver | undefined> => handOver(leg, question.path, cookies, leaf)
    return await tryOnce() ?? (isAnother ? undefined : await tryOnce())
  })
  if (over) return { kind: 'let-in', question, over, accountId: account.id, isNew: account.isNew, thumbprint }
  return { kind: 'refused', refused: isAnother ? 'another-person' : 'sign-in-expired', question, thumbprint }
}

/** Why a visit that ended in an error did. */
export function refusedBy(error: unknown): Refused {
  return error instanceof Outage ? 'neighbor-down' : 'unexpected'
}

/** Where a visitor comes from; a socket that is gone already comes from nowhere. */
export function addressOf(remote: string | undefined): string {
  return remote && isIP(remote) ? remote : 'unknown'
}

function reasonsIn(facts: Readonly<Record<string, unknown>>): readonly string[] {
  return [facts.reason, facts.reasons].flat().filter((each): each is string => typeof each === 'string')
}

function thumbprintOf(der: Buffer): string {
  return sha256(der).toString('hex')
}
