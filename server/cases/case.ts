import type { ShelvedPackage } from './context.ts'
import type { CaseDeadline } from './deadlines/deadline.ts'
import type { CaseDocument } from './document.ts'
import type { Message } from './message.ts'
import type { Representative } from './mandates/mandate.ts'
import type { NumberLook } from './numberLook.ts'
import type { PaymentFile } from './payments/payment.ts'
import type { Person } from './person.ts'
import type { Supplement } from './supplement/supplement.ts'
import type { TimelineEntry } from './timeline.ts'

/** JSON as forms give it and columns keep it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type Answers = Record<string, Json>

/** Where a case stands: the whole vocabulary. Set by verbs and by the job `set-status`, never read from the engine. */
export const statuses = [
  'received', 'in-progress', 'waiting-for-you', 'waiting-for-party', 'waiting-for-opinion', 'to-sign',
  'granted', 'refused', 'answered', 'withdrawn', 'delivered',
] as const
export type Status = (typeof statuses)[number]

/** How a case can end. filed: put with the files without an answer, as the law has it for anonymous petitions. */
export const outcomes = ['granted', 'refused', 'answered', 'forwarded', 'filed', 'withdrawn'] as const
export type Outcome = (typeof outcomes)[number]

export const channels = ['portal', 'counter', 'phone', 'email', 'sms', 'viber', 'chat', 'voicemail', 'post'] as const
export type ChannelName = (typeof channels)[number]

/** How the act should come to the applicant. */
export type Delivery = 'electronic' | 'post' | 'pick-up'

/** One request of one applicant, from its register number to its end. */
export interface Case {
  id: string
  procedure: string
  /** The package it was filed under, to the end. */
  packageVersion: number
  number: string
  status: Status
  outcome: Outcome | null
  /** The language it was filed in: letters and mails keep to it. */
  language: string
  channel: ChannelName
  unitId: string
  /** The unit whose clerk took it in at a counter; null when it came by itself. */
  takenIn: string | null
  /** None for an anonymous petition. */
  applicantId: string | null
  /** The account that filed it, when one did. */
  accountId: string | null
  /** The mandate it was filed under, when somebody filed it for the applicant. */
  mandateId: string | null
  /** Of the request's form. */
  answers: Answers
  /** Of the completed human tasks, each laid over the earlier ones. */
  taskAnswers: Answers
  /** Minor units; null until the procedure has set it. */
  feeMinor: number | null
  currency: string | null
  delivery: Delivery
  clientKey: string
  /** The line a list shows. */
  subject: string
  /** How many acts it has: the next act's number follows. */
  acts: number
  filedAt: Date
  closedAt: Date | null
  changedAt: Date
}

/** A case with all that its page shows. */
export interface CaseFile {
  case: Case
  package: ShelvedPackage
  applicant: Person | null
  /** Who acted for the applicant; null where they acted themselves. */
  representative: Representative | null
  deadline: CaseDeadline | null
  /** What the citizen was asked to supply, oldest first. */
  supplements: Supplement[]
  documents: CaseDocument[]
  timeline: TimelineEntry[]
  /** What is asked for it; null where nothing is, and for whom the contact is none of theirs. */
  payment: PaymentFile | null
  /** What the town has written to the applicant, the oldest first; nothing for whom the contact is none of theirs. */
  messages: Message[]
  /** Who of the town hall was shown a personal number of it; for whose number it is. */
  looks: NumberLook[]
}

/** Whether nothing more happens in the case. */
export function isClosed(case_: Pick<Case, 'closedAt'>): boolean {
  return case_.closedAt !== null
}

/** Whether a text is one of the status words. */
export function isStatus(text: unknown): text is Status {
  return statuses.some((each) => each === text)
}

/** Whether a text is one of the ways a case can end. */
export function isOutcome(text: unknown): text is Outcome {
  return outcomes.some((each) => each === text)
}
