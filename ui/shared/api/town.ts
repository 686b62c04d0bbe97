import type { SignIns } from '../../../server/http/contract/signIns.ts'
import type { ChooseNotices, Me, Town, Towns } from '../../../server/http/contract/town.ts'
import type { Language } from '../../../server/http/contract/words.ts'
import { send, sendTo } from './send.ts'

/** The town of the address, with its names in the language asked for. */
export function fetchTown(language?: Language): Promise<Town> {
  return send<Town>('/town', { query: { language } })
}

/** The towns of this installation: the demo's front door. */
export function fetchTowns(): Promise<Towns> {
  return sendTo<Towns>('/api/towns')
}

/** Who is asking. */
export function fetchMe(): Promise<Me> {
  return send<Me>('/me')
}

/** By which way I want to be told of news. */
export function chooseNotices(choice: ChooseNotices): Promise<void> {
  return send<void>('/me/notices', { method: 'PUT', body: choice })
}

/** Ends the session here; answers where to go so that it ends at the identity provider too. */
export function signOut(tenant: string): Promise<{ location: string }> {
  return sendTo<{ location: string }>(`/${tenant}/sign-out`, { method: 'POST' })
}

/** Ends every login of the person, on every device and in every town. */
export function signOutEverywhere(tenant: string): Promise<{ location: string }> {
  return sendTo<{ location: string }>(`/${tenant}/sign-out-everywhere`, { method: 'POST' })
}

/** Where the person is signed in. */
export function fetchSignIns(): Promise<SignIns> {
  return send<SignIns>('/me/sign-ins')
}

/** Ends one of these logins. */
export function endSignIn(id: string): Promise<void> {
  return send<void>(`/me/sign-ins/${id}`, { method: 'DELETE' })
}
