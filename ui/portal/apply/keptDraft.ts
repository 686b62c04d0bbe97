import { v7 as uuid } from 'uuid'
import type { Applicant } from '../../../server/http/contract/drafts.ts'
import type { Answers } from '../../../server/http/contract/words.ts'

/** A request half-way, as this browser keeps it from the first letter on. */
export interface KeptDraft {
  id: string
  /** Sent with the request until a receipt comes, so that a double click or a lost reply files once. */
  clientKey: string
  /** Who began it, as a masked number; empty when nobody was signed in. Another person never sees it. */
  owner: string
  answers: Answers
  applicant: Partial<Applicant>
  /** The page one was on. */
  page: number
  /** When it was last changed here or saved on the server. */
  savedAt: string
}

export function newDraft(owner: string): KeptDraft {
  return { id: uuid(), clientKey: uuid(), owner, answers: {}, applicant: {}, page: 0, savedAt: new Date(0).toISOString() }
}

/** The draft kept here, if it is this person's: begun by them, or by nobody known. */
export function readKept(tenant: string, procedure: string, owner: string): KeptDraft | null {
  const text = localStorage.getItem(keyOf(tenant, procedure))
  if (!text) return null
  const kept = JSON.parse(text) as KeptDraft
  return kept.owner === '' || kept.owner === owner ? { ...kept, owner } : null
}

export function keep(tenant: string, procedure: string, draft: KeptDraft): void {
  localStorage.setItem(keyOf(tenant, procedure), JSON.stringify(draft))
}

export function forget(tenant: string, procedure: string): void {
  localStorage.removeItem(keyOf(tenant, procedure))
}

export function hasDraft(tenant: string, procedure: string): boolean {
  return localStorage.getItem(keyOf(tenant, procedure)) !== null
}

function keyOf(tenant: string, procedure: string): string {
  return `salter.draft.${tenant}.${procedure}`
}
