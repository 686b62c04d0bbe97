import type { Answers } from './case.ts'

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
