import type { RightsPage } from '../../../server/http/contract/rights.ts'
import { send } from './send.ts'

/** Who may do what, as the server enforces it. */
export function fetchRights(): Promise<RightsPage> {
  return send<RightsPage>('/inbox/rights')
}
