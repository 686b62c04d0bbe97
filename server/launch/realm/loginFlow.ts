import type { AdminApi } from './adminApi.ts'
import { ensureESignature } from './eSignature.ts'
import { makeFlow } from './flowSteps.ts'

const flow = 'salter browser'
const forms = 'salter sign in'
/** The part of the flow that asks for the password; a second factor comes behind it. */
export const passwordFlow = 'salter level password'

/**
 * The login flow with assurance levels: level 1 is the password, level 2, tried before it, the certificate.
 * Keycloak tells the level that was reached as `acr` only where a flow names its levels.
 */
export async function ensureLoginFlow(api: AdminApi, realm: string): Promise<void> {
  const flows = (await api.get<{ alias: string }[]>(`${realm}/authentication/flows`)) ?? []
  if (!flows.some(({ alias }) => alias === flow)) await makeLoginFlow(api, realm)
  await ensureESignature(api, realm, flow, forms)
  await api.put(realm, { browserFlow: flow })
}

function makeLoginFlow(api: AdminApi, realm: string): Promise<void> {
  return makeFlow(api, realm, flow, 'Cookie, else a level of assurance', [
    { provider: 'auth-cookie', requirement: 'ALTERNATIVE' },
    {
      flow: forms,
      requirement: 'ALTERNATIVE',
      steps: [{
        flow: passwordFlow,
        requirement: 'CONDITIONAL',
        steps: [
          // A password given once counts as long as the session may live (12 h).
          {
            provider: 'conditional-level-of-authentication', requirement: 'REQUIRED',
            settings: { 'loa-condition-level': '1', 'loa-max-age': '43200' },
          },
          { provider: 'auth-username-password-form', requirement: 'REQUIRED' },
        ],
      }],
    },
  ])
}
