import type { RightsPage } from '../../../server/http/contract/rights.ts'
import { send } from './send.ts'

/** Who may do what, as the server enforces it. */
export function fetchRights(): Promise<RightsPage> {
  return send<RightsPage>('/inbox/rights')
}

/** What the reader may do; the whole table for whoever may see it. */
export function fetchMyRights(): Promise<RightsPage> {
  return send<RightsPage>('/inbox/rights/mine')
}
