import type {
  CasePage, FileCase, MyCases, OpenByCode, OpenedByCode, Receipt, ShowNumber, ShownNumber, Verification,
} from '../../../server/http/contract/cases.ts'
import type { RecordProof } from '../../../server/http/contract/payments.ts'
import type { Language } from '../../../server/http/contract/words.ts'
import { caller, send } from './send.ts'

/** Files a request. The same `clientKey` twice answers the same receipt. */
export function fileCase(request: FileCase): Promise<Receipt> {
  return send<Receipt>('/cases', { method: 'POST', body: request })
}

/** One case, for whom it belongs to. */
export function fetchCase(caseId: string, language: Language): Promise<CasePage> {
  return send<CasePage>(`/cases/${caseId}`, { query: { language } })
}

/** A masked personal number, whole. Who saw it and why stays where the citizen reads it. */
export function showNumber(caseId: string, wish: ShowNumber): Promise<ShownNumber> {
  return send<ShownNumber>(`/inbox/cases/${caseId}/number`, { method: 'POST', body: wish })
}

/** Notes a payment that somebody proves on paper. */
export function recordProof(caseId: string, proof: RecordProof): Promise<void> {
  return send<void>(`/inbox/cases/${caseId}/payments`, { method: 'POST', body: proof })
}

/** My cases and drafts, newest first. */
export function fetchMyCases(language: Language): Promise<MyCases> {
  return send<MyCases>('/cases', { query: { language } })
}

/** Opens one case for half an hour by its number and access code. */
export function openByCode(request: OpenByCode): Promise<OpenedByCode> {
  return send<OpenedByCode>('/status', { method: 'POST', body: request })
}

/** Is the act with this code genuine? */
export function fetchVerification(code: string, language: Language): Promise<Verification> {
  return send<Verification>(`/verify/${encodeURIComponent(code)}`, { query: { language } })
}

/** Address of the receipt as a PDF. */
export function receiptAddress(caseId: string, language: Language): string {
  return `/api/${caller.tenant}/cases/${caseId}/receipt.pdf?language=${language}`
}

/** Address of one document of a case. */
export function documentAddress(caseId: string, documentId: string): string {
  return `/api/${caller.tenant}/cases/${caseId}/documents/${documentId}`
}
