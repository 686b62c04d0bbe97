import { refuse } from '../../base/errors.ts'
import { sha256 } from '../../identity/keys.ts'
import type { Transaction } from '../../db/transaction.ts'
import type { Case } from '../case.ts'
import type { Context } from '../context.ts'
import type { Person } from '../person.ts'
import { findCase } from '../store/caseRows.ts'
import { findPerson } from '../store/personRows.ts'
import { lockRegistrationOfLink } from '../store/registrationRows.ts'
import { codeAsked } from './activationCode.ts'
import { isLinkAlive, mayResend, type Registration } from './registration.ts'

/** What a link belongs to; the registration is locked until the transaction ends. */
export interface OpenedLink {
  registration: Registration
  case: Case
  person: Person
}

/** What is told to whoever holds a link, and has not shown the code yet. */
export interface SeenLink {
  state: 'ready' | 'expired' | 'used' | 'over'
  /** Given name and the first letter of the family name. */
  name: string
  worksUntil: Date
  code: 'slip' | 'receipt'
  mayAskAgain: boolean
}

/** Refuses ('link-unknown') a token that is none, or of an earlier link. */
export async function openLink(trx: Transaction, token: string): Promise<OpenedLink> {
  const registration = await lockRegistrationOfLink(trx, sha256(token))
  const case_ = registration && (await findCase(trx, registration.caseId))
  const person = registration && (await findPerson(trx, registration.personId))
  if (!registration || !case_ || !person) refuse('not-found', 'link-unknown')
  return { registration, case: case_, person }
}

/** What the link is for. Refuses ('link-unknown') as {@link openLink}. */
export async function lookAtLink({ clock, db }: Context, token: string): Promise<SeenLink> {
  return db.transaction(async (trx) => {
    const { registration, case: case_, person } = await openLink(trx, token)
    const alive = isLinkAlive(registration, clock.now())
    return {
      state: alive ? 'ready' : registration.state === 'active' ? 'used' : registration.state === 'waiting' ? 'expired' : 'over',
      name: `${person.givenName} ${person.familyName.slice(0, 1)}.`,
      worksUntil: registration.linkUntil ?? new Date(clock.now()),
      code: codeAsked(case_),
      mayAskAgain: mayResend(registration),
    }
  })
}
