import type { AskFee, Catalogue, ForetoldFee, ProcedurePage, StartForm } from '../../../server/http/contract/catalogue.ts'
import type { Language } from '../../../server/http/contract/words.ts'
import { send } from './send.ts'

/** All services, or those that answer the words asked for, in either script. */
export function fetchCatalogue(language: Language, q = '', signal?: AbortSignal): Promise<Catalogue> {
  return send<Catalogue>('/catalogue', { query: { language, q }, signal })
}

/** All there is to know before filing. */
export function fetchProcedure(procedure: string, language: Language): Promise<ProcedurePage> {
  return send<ProcedurePage>(`/procedures/${encodeURIComponent(procedure)}`, { query: { language } })
}

/** The form a request begins with, its words filled in. */
export function fetchStartForm(procedure: string, language: Language): Promise<StartForm> {
  return send<StartForm>(`/procedures/${encodeURIComponent(procedure)}/form`, { query: { language } })
}

/** What a request with these answers will be charged, by the decision that charges it. */
export function fetchFee(procedure: string, request: AskFee): Promise<ForetoldFee> {
  return send<ForetoldFee>(`/procedures/${encodeURIComponent(procedure)}/fee`, { method: 'POST', body: request })
}
