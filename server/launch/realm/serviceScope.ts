import { peopleScope } from '../../identity/serviceToken.ts'
import type { AdminApi } from './adminApi.ts'

interface Kept {
  id: string
  name: string
}

/**
 * The product's own account may keep people and their groups, and end their sessions, but only in a token that was asked for with the scope of that name:
 * the tokens it shows to the process engine have no such right.
 */
export async function ensureServiceScope(api: AdminApi, realm: string): Promise<void> {
  const clientOf = async (clientId: string): Promise<Kept> => only(await api.get<Kept[]>(`${realm}/clients?clientId=${clientId}`), clientId)
  const service = await clientOf('salter-service')
  const management = await clientOf('realm-management')
  const right = await api.get<Kept>(`${realm}/clients/${management.id}/roles/manage-users`)
  const scope = await ensureScope(api, realm)
  await api.post(`${realm}/client-scopes/${scope.id}/scope-mappings/clients/${management.id}`, [right])
  await api.put(`${realm}/clients/${service.id}/optional-client-scopes/${scope.id}`, {})
  // From here on a right goes into its token only where it is asked for by its scope.
  await api.put(`${realm}/clients/${service.id}`, { ...service, fullScopeAllowed: false })
  const account = await api.get<Kept>(`${realm}/clients/${service.id}/service-account-user`)
  await api.post(`${realm}/users/${account!.id}/role-mappings/clients/${management.id}`, [right])
}

async function ensureScope(api: AdminApi, realm: string): Promise<Kept> {
  const find = async (): Promise<Kept | undefined> =>
    (await api.get<Kept[]>(`${realm}/client-scopes`))?.find(({ name }) => name === peopleScope)
  const before = await find()
  if (before) return before
  await api.post(`${realm}/client-scopes`, {
    name: peopleScope,
    description: 'The product ends sessions of people',
    protocol: 'openid-connect',
    attributes: { 'include.in.token.scope': 'true', 'display.on.consent.screen': 'false' },
  })
  return only([(await find())!], peopleScope)
}

function only(found: Kept[] | undefined, name: string): Kept {
  const [one] = found ?? []
  if (!one) throw new Error(`Expected ${name} to be there`)
  return one
}
