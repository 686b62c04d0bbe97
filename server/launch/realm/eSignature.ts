import type { AdminApi } from './adminApi.ts'

interface Execution {
  id: string
  displayName: string
  providerId?: string
  requirement: string
  level: number
  index: number
  authenticationConfig?: string
}

const outer = 'salter e-signature'
const level = 'salter level e-signature'
/** Where the person's account keeps the certificate that the door let in: SHA-256 of it, hex. */
export const thumbprintAttribute = 'certificate_thumbprint'

/**
 * Puts the way by certificate into the login flow, before the form: level 2. It is taken by itself when the certificate door has
 * handed a certificate over, and passed by when not. The door has checked everything; Keycloak only finds whose it is.
 */
export async function ensureESignature(api: AdminApi, realm: string, flow: string, form: string): Promise<void> {
  const path = `${realm}/authentication/flows`
  const of = (alias: string): string => `${path}/${encodeURIComponent(alias)}/executions`
  const steps = async (alias: string): Promise<Execution[]> => (await api.get<Execution[]>(of(alias))) ?? []
  const subflow = (alias: string): Record<string, string> =>
    ({ alias, type: 'basic-flow', provider: 'registration-page-form', description: '' })
  const require = async (alias: string, name: string, requirement: string): Promise<Execution> => {
    const step = (await steps(alias)).find((each) => each.level === 0 && (each.providerId ?? each.displayName) === name)
    if (!step) throw new Error(`Expected ${name} in flow ${alias} after adding it`)
    if (step.requirement !== requirement) await api.put(of(alias), { ...step, requirement })
    return step
  }

  if (!(await steps(flow)).some(({ displayName }) => displayName === outer)) {
    await api.post(`${of(flow)}/flow`, subflow(outer))
    await api.post(`${of(outer)}/flow`, subflow(level))
    await api.post(`${of(level)}/execution`, { provider: 'conditional-level-of-authentication' })
    await api.post(`${of(level)}/execution`, { provider: 'auth-x509-client-username-form' })
  }
  const condition = await require(level, 'conditional-level-of-authentication', 'REQUIRED')
  // A certificate shown once counts as long as the session may live (12 h).
  await configure(api, realm, condition, 'level e-signature', { 'loa-condition-level': '2', 'loa-max-age': '43200' })
  const certificate = await require(level, 'auth-x509-client-username-form', 'REQUIRED')
  await configure(api, realm, certificate, 'certificate of a person', {
    'x509-cert-auth.mapping-source-selection': 'SHA-256 Thumbprint',
    'x509-cert-auth.mapper-selection': 'Custom Attribute Mapper',
    'x509-cert-auth.mapper-selection.user-attribute-name': thumbprintAttribute,
    'x509-cert-auth.timestamp-validation-enabled': 'true',
    // The page between would only ask what the person has just chosen.
    'x509-cert-auth.confirmation-page-disallowed': 'true',
  })
  await require(outer, level, 'CONDITIONAL')
  const way = await require(flow, outer, 'ALTERNATIVE')
  await putBefore(api, realm, way, form, () => steps(flow))
}

async function configure(api: AdminApi, realm: string, step: Execution, alias: string, config: Record<string, string>): Promise<void> {
  const kept = step.authenticationConfig
  if (kept) await api.put(`${realm}/authentication/config/${kept}`, { id: kept, alias, config })
  else await api.post(`${realm}/authentication/executions/${step.id}/config`, { alias, config })
}

/** Moves a step up until it stands before `other`, of those on the same level. */
async function putBefore(api: AdminApi, realm: string, step: Execution, other: string, list: () => Promise<Execution[]>): Promise<void> {
  for (let moves = 0; moves < 20; moves++) {
    const order = (await list()).filter(({ level: depth }) => depth === 0)
    const here = order.findIndex(({ id }) => id === step.id)
    const there = order.findIndex(({ displayName }) => displayName === other)
    if (there < 0 || here < there) return
    await api.post(`${realm}/authentication/executions/${step.id}/raise-priority`, {})
  }
  throw new Error(`Expected ${step.displayName} to come to stand before ${other}`)
}
