import type { Case } from '../case.ts'
import type { CaseDocument } from '../document.ts'
import type { Person } from '../person.ts'

/** By what right one acts for another. A helper prepares what the person sends themselves. */
export const mandateKinds = ['company-representative', 'guardian', 'proxy', 'helper'] as const
export type MandateKind = (typeof mandateKinds)[number]

/** What may be done in another's name. */
export const mandateDeeds = ['file', 'supplement', 'receive', 'withdraw', 'pay'] as const
export type MandateDeed = (typeof mandateDeeds)[number]

/** On what a mandate was confirmed: a paper sent, a paper seen at the counter, an entry of a register, the person's own word. */
export const mandateProofs = ['document', 'seen', 'register', 'own-word'] as const
export type MandateProof = (typeof mandateProofs)[number]

export type MandateState = 'asked' | 'offered' | 'confirmed' | 'refused' | 'revoked'
/** How it stands on a day: what is confirmed holds, has run out, or is yet to begin. */
export type MandateStanding = Exclude<MandateState, 'confirmed'> | 'in-force' | 'expired' | 'not-yet'

/** The right of one person to act for another. */
export interface Mandate {
  id: string
  kind: MandateKind
  /** Who acts; null while an offer waits for its taker. */
  personId: string | null
  /** In whose name. */
  forPersonId: string
  /** Ids of procedures; null: all. */
  procedures: string[] | null
  /** One request and no other. */
  caseId: string | null
  /** None for a helper. */
  deeds: MandateDeed[]
  /** First and last day in the town's calendar, `yyyy-mm-dd`; null: until it is revoked. */
  validFrom: string
  validTo: string | null
  state: MandateState
  proof: MandateProof | null
  proofNote: string
  /** Of the number as it was claimed; null where nobody has to compare it any more. */
  numberHash: Buffer | null
  offeredTo: string | null
  offerUntil: Date | null
  /** Who asked for it, as in the audit. */
  askedBy: string
  /** Id and name of who confirmed, refused or revoked it last. */
  decidedBy: string | null
  decidedName: string | null
  decidedAt: Date | null
  /** Of a refusal or a revocation. */
  reason: string
  createdAt: Date
}

/** A mandate with its two people and its proof. */
export interface MandateFile {
  mandate: Mandate
  standing: MandateStanding
  person: Person | null
  forPerson: Person
  documents: CaseDocument[]
  /** The number of the one request it is for; null: it is for more. */
  caseNumber: string | null
}

/** Who acted for the applicant of a case, and by which right; without one where a company's request was simply signed in for. */
export interface Representative {
  person: Person
  mandate: Mandate | null
  documents: CaseDocument[]
}

/** How the mandate stands on a day (`yyyy-mm-dd`, the town's). Its last day still counts. */
export function standingOf({ state, validFrom, validTo }: Mandate, day: string): MandateStanding {
  if (state !== 'confirmed') return state
  if (day < validFrom) return 'not-yet'
  return validTo !== null && day > validTo ? 'expired' : 'in-force'
}

/** What somebody wants to do by a mandate. */
export interface MandateUse {
  deed: MandateDeed
  procedure: string
  /** Null: the request is only being made. */
  caseId: string | null
  /** `yyyy-mm-dd` in the town's calendar. */
  day: string
}

/** Why the mandate does not allow it, as a code with a sentence; null where it does. */
export function faultOfUse(mandate: Mandate, use: MandateUse): string | null {
  const standing = standingOf(mandate, use.day)
  if (standing === 'revoked' || standing === 'expired' || standing === 'not-yet') return `mandate-${standing}`
  if (standing !== 'in-force') return 'mandate-not-confirmed'
  if (mandate.kind === 'helper') return 'mandate-only-prepares'
  if (!isInScope(mandate, use)) return 'mandate-other-scope'
  return mandate.deeds.includes(use.deed) ? null : 'mandate-other-deed'
}

/**
 * What an actor may do in a case by the mandates they hold of its applicant. To have filed under a mandate shows the request as
 * long as that mandate holds; a request that somebody else filed is seen only by whom the mandate gives more than filing.
 */
export function deedsOn(
  case_: Pick<Case, 'id' | 'procedure' | 'applicantId' | 'mandateId'>, held: readonly Mandate[], day: string,
): MandateDeed[] {
  const deeds = held.filter((mandate) => mandate.forPersonId === case_.applicantId).flatMap((mandate) =>
    mandate.deeds.filter((deed) => (deed !== 'file' || mandate.id === case_.mandateId)
      && faultOfUse(mandate, { deed, procedure: case_.procedure, caseId: case_.id, day }) === null))
  return [...new Set(deeds)]
}

function isInScope({ procedures, caseId }: Mandate, use: MandateUse): boolean {
  if (caseId !== null) return caseId === use.caseId
  return procedures === null || procedures.includes(use.procedure)
}

/** Whether the mandate is one's own: held, asked for or given. What is claimed of a person and not confirmed is not theirs to see. */
export function isTheirMandate(mandate: Mandate, { personId }: { personId?: string }): boolean {
  if (personId === undefined) return false
  return mandate.personId === personId || (mandate.forPersonId === personId && mandate.state !== 'asked' && mandate.state !== 'refused')
}
