import type { RealmOptions } from '../realm.ts'
import type { AdminApi } from './adminApi.ts'

interface Kept {
  id: string
  name?: string
  clientId?: string
}

const scopeName = 'salter'

/** The two clients and the scope with the claims which the server reads. */
export async function ensureClients(
  api: AdminApi, realm: string, options: Pick<RealmOptions, 'publicUrl' | 'clientSecret' | 'serviceSecret' | 'doorSecret' | 'doorUrl'>,
): Promise<void> {
  const scope = await ensureScope(api, realm)
  await ensureClient(api, realm, scope, web(options.publicUrl, options.clientSecret, options.doorUrl))
  await ensureClient(api, realm, scope, service('salter-service', options.serviceSecret))
  if (options.doorSecret) await ensureDoorClient(api, realm, scope, options.doorSecret)
}

/** The certificate door makes people's accounts through this one, and may do nothing else. */
async function ensureDoorClient(api: AdminApi, realm: string, scope: string, secret: string): Promise<void> {
  await ensureClient(api, realm, scope, service('salter-door', secret))
  const clientOf = async (clientId: string): Promise<Kept> => {
    const [client] = (await api.get<Kept[]>(`${realm}/clients?clientId=${clientId}`)) ?? []
    if (!client) throw new Error(`Expected client ${clientId} to be there`)
    return client
  }
  const [door, management] = [await clientOf('salter-door'), await clientOf('realm-management')]
  const account = await api.get<Kept>(`${realm}/clients/${door.id}/service-account-user`)
  const right = await api.get<Kept>(`${realm}/clients/${management.id}/roles/manage-users`)
  await api.post(`${realm}/users/${account!.id}/role-mappings/clients/${management.id}`, [right])
}

/** People sign in through this one: authorization code with PKCE, and Keycloak tells it when a session ends. */
function web(publicUrl: string, secret: string, doorUrl = ''): Record<string, unknown> & { clientId: string } {
  return {
    clientId: 'salter-web',
    name: 'Šalter',
    baseUrl: `${publicUrl}/`,
    enabled: true,
    protocol: 'openid-connect',
    publicClient: false,
    secret,
    standardFlowEnabled: true,
    implicitFlowEnabled: false,
    directAccessGrantsEnabled: false,
    serviceAccountsEnabled: false,
    redirectUris: [`${publicUrl}/sign-in/callback`],
    webOrigins: [],
    frontchannelLogout: false,
    fullScopeAllowed: true,
    attributes: {
      'pkce.code.challenge.method': 'S256',
      'post.logout.redirect.uris': `${publicUrl}/*`,
      'backchannel.logout.url': `${publicUrl}/sign-in/back-channel`,
      'backchannel.logout.session.required': 'true',
      'backchannel.logout.revoke.offline.tokens': 'true',
      // The theme reads it: empty, and the login page offers no e-signature.
      'salter.certificate.door': doorUrl,
    },
  }
}

/** Machines of the town sign in through one of these, each call with a token of its own account. */
function service(clientId: string, secret: string): Record<string, unknown> & { clientId: string } {
  return {
    clientId,
    enabled: true,
    protocol: 'openid-connect',
    publicClient: false,
    secret,
    standardFlowEnabled: false,
    implicitFlowEnabled: false,
    directAccessGrantsEnabled: false,
    serviceAccountsEnabled: true,
    fullScopeAllowed: true,
  }
}

async function ensureClient(
  api: AdminApi, realm: string, scopeId: string, wanted: Record<string, unknown> & { clientId: string },
): Promise<void> {
  const find = async (): Promise<Kept | undefined> => (await api.get<Kept[]>(`${realm}/clients?clientId=${wanted.clientId}`))?.[0]
  const before = await find()
  if (before) await api.put(`${realm}/clients/${before.id}`, { ...wanted, id: before.id })
  else await api.post(`${realm}/clients`, wanted)
  const client = before ?? (await find())
  if (!client) throw new Error(`Expected client ${wanted.clientId} to be there after making it`)
  await api.put(`${realm}/clients/${client.id}/default-client-scopes/${scopeId}`, {})
  await ensureMappers(api, `${realm}/clients/${client.id}`, [{
    name: 'audience',
    protocol: 'openid-connect',
    protocolMapper: 'oidc-audience-mapper',
    config: { 'included.client.audience': wanted.clientId, 'id.token.claim': 'false', 'access.token.claim': 'true' },
  }])
}

async function ensureScope(api: AdminApi, realm: string): Promise<string> {
  const find = async (): Promise<Kept | undefined> =>
    (await api.get<Kept[]>(`${realm}/client-scopes`))?.find(({ name }) => name === scopeName)
  if (!(await find())) {
    await api.post(`${realm}/client-scopes`, {
      name: scopeName,
      description: 'Town, unit and what the office knows of a person',
      protocol: 'openid-connect',
      attributes: { 'include.in.token.scope': 'false', 'display.on.consent.screen': 'false' },
    })
  }
  const scope = await find()
  if (!scope) throw new Error('Expected the client scope to be there after making it')
  await ensureMappers(api, `${realm}/client-scopes/${scope.id}`, [
    {
      name: 'groups',
      protocol: 'openid-connect',
      protocolMapper: 'oidc-group-membership-mapper',
      config: { 'claim.name': 'groups', 'full.path': 'true', ...everywhere },
    },
    attributeMapper('personal_number', 'personal_number'),
    attributeMapper('personal_number_sealed', 'personal_number_sealed'),
    attributeMapper('phone_number', 'phone_number'),
    // OpenID Connect Core 5.1.1: the address claim is an object; "formatted" is the whole of it, ready for an envelope.
    attributeMapper('address', 'address.formatted'),
  ])
  return scope.id
}

// The server reads the access token; the id token tells who signed in and nothing else.
const everywhere = {
  'id.token.claim': 'false',
  'access.token.claim': 'true',
  'userinfo.token.claim': 'true',
  'introspection.token.claim': 'true',
}

function attributeMapper(attribute: string, claim: string): Mapper {
  return {
    name: attribute,
    protocol: 'openid-connect',
    protocolMapper: 'oidc-usermodel-attribute-mapper',
    config: { 'user.attribute': attribute, 'claim.name': claim, 'jsonType.label': 'String', ...everywhere },
  }
}

interface Mapper {
  id?: string
  name: string
  protocol: string
  protocolMapper: string
  config: Record<string, string>
}

async function ensureMappers(api: AdminApi, owner: string, wanted: readonly Mapper[]): Promise<void> {
  const kept = (await api.get<Mapper[]>(`${owner}/protocol-mappers/models`)) ?? []
  for (const mapper of wanted) {
    const before = kept.find(({ name }) => name === mapper.name)
    if (before) await api.put(`${owner}/protocol-mappers/models/${before.id}`, { ...mapper, id: before.id })
    else await api.post(`${owner}/protocol-mappers/models`, mapper)
  }
}
