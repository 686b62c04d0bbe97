import type { Answers } from './case.ts'
import type { NoticeChoice } from './message.ts'

/** Who files, as far as it has been told. */
export interface ApplicantGiven {
  kind: 'person' | 'company' | 'anonymous'
  givenName: string
  /** The family name, or the whole name of a company. */
  familyName: string
  /** Personal or company number. */
  number: string
  email: string
  phone: string
  address: string
  delivery: 'electronic' | 'post' | 'pick-up'
  /** By which way they want to be told of news; by e-mail when they have not said. */
  notices?: NoticeChoice | undefined
  /** The mandate by which they act for another, who then is the applicant; null or absent: they act for themselves. */
  mandateId?: string | null
}

/** A request not yet sent. It belongs to an account, or to whoever holds the secret of its cookie. */
export interface Draft {
  id: string
  procedure: string
  accountId: string | null
  secretHash: Buffer | null
  answers: Answers
  applicant: Partial<ApplicantGiven>
  /** The page of the form that was open. */
  page: number
  changedAt: Date
  expiresAt: Date
}
