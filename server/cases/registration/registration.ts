/** Where a registration stands. `to-check`: made on the portal, an officer looks at the papers first. */
export const registrationStates = ['to-check', 'starting', 'waiting', 'active', 'refused', 'duplicate', 'cancelled', 'expired'] as const
export type RegistrationState = (typeof registrationStates)[number]

/** A citizen's account on its way, one per case. */
export interface Registration {
  caseId: string
  personId: string
  state: RegistrationState
  /** The user name, and where the link goes. */
  email: string
  /** Keyed hash of the number as it was given; null where none was. */
  identifierHash: Buffer | null
  /** Keycloak's id of the account, while there is one. */
  subject: string | null
  tokenHash: Buffer | null
  linkUntil: Date | null
  /** How many links were sent. */
  letters: number
  lastLetterJob: string | null
  /** Wrong codes with the last link. */
  tries: number
}

/**
 * The address under which Keycloak knows the account. In a copy for practice nobody's: accounts are of all towns, and what is practised
 * must not keep an address from whom it belongs to (RFC 2606 keeps `.invalid` free of real ones).
 */
export function loginAddress({ trainingOf }: { trainingOf?: string | undefined }, { caseId, email }: Pick<Registration, 'caseId' | 'email'>): string {
  return trainingOf === undefined ? email : `${caseId}@practice.invalid`
}

// A link every other minute would be a way to fill somebody's mailbox.
const mostLetters = 6
/** After so many wrong codes a link is worth nothing any more; the code has 40 bits. */
export const mostTries = 8
/** For this long the link in the mail works. */
export const linkLifeMs = 24 * 3_600_000
// The process gives up a little after the link: whoever confirms in the last minute is heard before its timer.
const graceMs = 10 * 60_000

/** When the process stops waiting for the link to be used. */
export function waitsUntil(linkUntil: Date): Date {
  return new Date(linkUntil.getTime() + graceMs)
}

/** Whether nothing more happens to it. */
export function isOver({ state }: Pick<Registration, 'state'>): boolean {
  return state !== 'to-check' && state !== 'starting' && state !== 'waiting'
}

/** Whether one more link may be sent. */
export function mayResend({ state, letters }: Pick<Registration, 'state' | 'letters'>): boolean {
  return state === 'waiting' && letters > 0 && letters < mostLetters
}

/** Whether the link works at this moment. */
export function isLinkAlive({ state, linkUntil, tries }: Pick<Registration, 'state' | 'linkUntil' | 'tries'>, nowMs: number): boolean {
  return state === 'waiting' && linkUntil !== null && linkUntil.getTime() > nowMs && tries < mostTries
}
