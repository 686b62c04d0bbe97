import type { Receipt } from '../../../server/http/contract/cases.ts'
import type { FileAtCounter } from '../../../server/http/contract/counter.ts'
import type {
  CancelRegistration, CheckCitizen, CheckedCitizen, ConsentWording, RegisterCitizen, Registration, RegistrationSlip, ResendActivation,
} from '../../../server/http/contract/registration.ts'
import type { Language } from '../../../server/http/contract/words.ts'
import { send } from './send.ts'

/** Files a request for whoever is at the counter. The same `clientKey` twice answers the same receipt. */
export function fileAtCounter(request: FileAtCounter): Promise<Receipt> {
  return send<Receipt>('/counter/cases', { method: 'POST', body: request })
}

/** What a number tells, and who may be the same person. */
export function checkCitizen(typed: CheckCitizen): Promise<CheckedCitizen> {
  return send<CheckedCitizen>('/counter/registrations/check', { method: 'POST', body: typed })
}

/** The consent to electronic delivery as it is read out. */
export function fetchConsent(language: Language): Promise<ConsentWording> {
  return send<ConsentWording>('/registration', { query: { language } })
}

/** Registers a citizen. The same `clientKey` twice answers the same slip. */
export function registerCitizen(request: RegisterCitizen): Promise<RegistrationSlip> {
  return send<RegistrationSlip>('/counter/registrations', { method: 'POST', body: request })
}

export function fetchRegistration(caseId: string, language: Language): Promise<Registration> {
  return send<Registration>(`/counter/registrations/${caseId}`, { query: { language } })
}

/** The slip once more, in the person's language. */
export function fetchSlip(caseId: string, language?: Language): Promise<RegistrationSlip> {
  return send<RegistrationSlip>(`/counter/registrations/${caseId}/slip`, { query: { language } })
}

export function resendActivation(caseId: string, request: ResendActivation): Promise<Registration> {
  return send<Registration>(`/counter/registrations/${caseId}/resend`, { method: 'POST', body: request })
}

export function cancelRegistration(caseId: string, request: CancelRegistration): Promise<Registration> {
  return send<Registration>(`/counter/registrations/${caseId}/cancel`, { method: 'POST', body: request })
}
