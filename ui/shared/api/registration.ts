import type { ActivateAccount, ActivatedAccount, ActivationLink, DeclineAccount } from '../../../server/http/contract/registration.ts'
import type { Language } from '../../../server/http/contract/words.ts'
import { send } from './send.ts'

/** What the link of the mail is for. The token goes in the body: addresses are logged. */
export function lookAtLink(token: string, language: Language): Promise<ActivationLink> {
  return send<ActivationLink>('/activation/look', { method: 'POST', body: { token, language } })
}

/** Opens the account that was prepared, with the link of the mail and the code of the slip. */
export function activateAccount(request: ActivateAccount): Promise<ActivatedAccount> {
  return send<ActivatedAccount>('/activation', { method: 'POST', body: request })
}

/** Another link, to the same address. */
export function askForLink(token: string): Promise<void> {
  return send<void>('/activation/again', { method: 'POST', body: { token } })
}

/** No account is wanted. */
export function declineAccount(request: DeclineAccount): Promise<void> {
  return send<void>('/activation/decline', { method: 'POST', body: request })
}
