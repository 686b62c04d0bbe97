import type { AdminApi } from './adminApi.ts'
import { ensureESignature } from './eSignature.ts'

interface Execution {
  id: string
  displayName: string
  providerId?: string
  requirement: string
  level: number
  authenticationConfig?: string
}

const flow = 'salter browser'
const forms = 'salter sign in'
/** The part of the flow that asks for the password; a second factor comes behind it. */
export const passwordFlow = 'salter level password'
const password = passwordFlow

/**
 * The login flow with assurance levels: level 1 is the password, level 2, tried before it, the certificate.
 * Keycloak tells the level that was reached as `acr` only where a flow names its levels.
 */
export async function ensureLoginFlow(api: AdminApi, realm: string): Promise<void> {
  const flows = (await api.get<{ alias: string }[]>(`${realm}/authentication/flows`)) ?? []
  if (!flows.some(({ alias }) => alias === flow)) await makeFlow(api, realm)
  await ensureESignature(api, realm, flow, forms)
  await api.put(realm, { browserFlow: flow })
}

async function makeFlow(api: AdminApi, realm: string): Promise<void> {
  const path = `${realm}/authentication/flows`
  const of = (alias: string): string => `${path}/${encodeURIComponent(alias)}/executions`
  const subflow = (alias: string): Record<string, string> =>
    ({ alias, type: 'basic-flow', provider: 'registration-page-form', description: '' })

  const description = 'Cookie, else a level of assurance'
  await api.post(path, { alias: flow, providerId: 'basic-flow', topLevel: true, builtIn: false, description })
  await api.post(`${of(flow)}/execution`, { provider: 'auth-cookie' })
  await api.post(`${of(flow)}/flow`, subflow(forms))
  await api.post(`${of(forms)}/flow`, subflow(password))
  await api.post(`${of(password)}/execution`, { provider: 'conditional-level-of-authentication' })
  await api.post(`${of(password)}/execution`, { provider: 'auth-username-password-form' })

  const requirements: Record<string, string> = {
    'auth-cookie': 'ALTERNATIVE',
    [forms]: 'ALTERNATIVE',
    [password]: 'CONDITIONAL',
    'conditional-level-of-authentication': 'REQUIRED',
    'auth-username-password-form': 'REQUIRED',
  }
  for (const execution of (await api.get<Execution[]>(of(flow))) ?? []) {
    const requirement = requirements[execution.providerId ?? execution.displayName]
    if (!requirement) throw new Error(`Expected a requirement for ${execution.displayName} of flow ${flow}`)
    await api.put(of(flow), { ...execution, requirement })
    if (execution.providerId === 'conditional-level-of-authentication') {
      // A password given once counts as long as the session may live (12 h).
      await api.post(`${realm}/authentication/executions/${execution.id}/config`, {
        alias: 'level password',
        config: { 'loa-condition-level': '1', 'loa-max-age': '43200' },
      })
    }
  }
}
