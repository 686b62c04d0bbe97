import type {
  AskMandate, ConfirmMandate, Mandate, Mandates, OfferMandate, RecordedMandate, RecordMandate,
} from '../../../server/http/contract/mandates.ts'
import type { Language } from '../../../server/http/contract/words.ts'
import { caller, send } from './send.ts'

/** For whom I may act, and who may act for me. */
export function fetchMandates(language: Language): Promise<Mandates> {
  return send<Mandates>('/mandates', { query: { language } })
}

/** Asks to act for another; the paper follows by `addProof`. */
export function askMandate(asked: AskMandate): Promise<Mandate> {
  return send<Mandate>('/mandates', { method: 'POST', body: asked })
}

export function addProof(mandateId: string, file: File): Promise<void> {
  const body = new FormData()
  body.append('file', file)
  return send<void>(`/mandates/${mandateId}/proof`, { method: 'POST', body })
}

/** Lets another act for me; an invitation goes to the address. */
export function offerMandate(offered: OfferMandate): Promise<Mandate> {
  return send<Mandate>('/mandates/offers', { method: 'POST', body: offered })
}

/** What an invitation's link offers, before it is taken. */
export function readOffer(mandateId: string, code: string, language: Language): Promise<Mandate> {
  return send<Mandate>(`/mandates/${mandateId}/offer`, { method: 'POST', query: { language }, body: { code } })
}

export function acceptOffer(mandateId: string, code: string): Promise<Mandate> {
  return send<Mandate>(`/mandates/${mandateId}/accept`, { method: 'POST', body: { code } })
}

/** Ends it at once; clerks give a reason. */
export function revokeMandate(mandateId: string, reason = ''): Promise<Mandate> {
  return send<Mandate>(`/mandates/${mandateId}/revoke`, { method: 'POST', body: { reason } })
}

/** Of the town: those to decide, the oldest first, or all by name. */
export function fetchTownMandates(list: 'asked' | 'all', q: string, language: Language): Promise<Mandates> {
  return send<Mandates>('/inbox/mandates', { query: { list, q, language } })
}

export function recordMandate(seen: RecordMandate): Promise<RecordedMandate> {
  return send<RecordedMandate>('/inbox/mandates', { method: 'POST', body: seen })
}

export function confirmMandate(mandateId: string, given: ConfirmMandate): Promise<Mandate> {
  return send<Mandate>(`/inbox/mandates/${mandateId}/confirm`, { method: 'POST', body: given })
}

export function refuseMandate(mandateId: string, reason: string): Promise<Mandate> {
  return send<Mandate>(`/inbox/mandates/${mandateId}/refuse`, { method: 'POST', body: { reason } })
}

/** Address of a paper that proves a mandate. */
export function proofAddress(mandateId: string, documentId: string): string {
  return `/api/${caller.tenant}/mandates/${mandateId}/documents/${documentId}`
}
