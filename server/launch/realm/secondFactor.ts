/**
 * The second factor: who needs one, and how Keycloak asks for it.
 *
 * A staff role that needs one contains the role `second-factor` (a code from an app, or a security key) or `security-key`
 * (nothing but a key: it cannot be talked out of anybody, NIST SP 800-63B, 5.2.5). Whoever has set one up of their own
 * accord is asked for it, too. A login by certificate is two factors already: the card and its PIN.
 */
import { staffRoles, type StaffRole } from '../../identity/actor.ts'
import type { AdminApi } from './adminApi.ts'
import { configureStep, ensureFlowsIn, requireStep, type FlowStep } from './flowSteps.ts'

export type SecondFactor = 'second-factor' | 'security-key'

/** Which staff roles need which second factor; a role that is not there needs none. */
export type SecondFactorRoles = Readonly<Partial<Record<StaffRole, SecondFactor>>>

const markers: Readonly<Record<SecondFactor, string>> = {
  'second-factor': 'Signs in with a second factor: a code from an app, or a security key',
  'security-key': 'Signs in with a security key beside the password',
}

/**
 * Reads a setting such as `head=key, case-clerk` (SECOND_FACTOR_ROLES): role names, `=key` where only a security key will
 * do; `staff` stands for all twelve, `none` for nobody. Throws one error that names every word it does not know.
 */
export function readSecondFactorRoles(text: string): SecondFactorRoles {
  const roles: Partial<Record<StaffRole, SecondFactor>> = {}
  const unknown: string[] = []
  for (const word of text.split(',').map((each) => each.trim()).filter((each) => each !== '' && each !== 'none')) {
    const [name, kind] = word.split('=').map((part) => part.trim())
    const named = name === 'staff' ? staffRoles : staffRoles.filter((role) => role === name)
    if (named.length === 0 || (kind !== undefined && kind !== 'key')) unknown.push(word)
    for (const role of named) roles[role] = kind === 'key' || roles[role] === 'security-key' ? 'security-key' : 'second-factor'
  }
  if (unknown.length > 0) {
    throw new Error(`Expected SECOND_FACTOR_ROLES to name staff roles, each perhaps with =key, but found: ${unknown.join(', ')}`)
  }
  return roles
}

// Asked of whoever has one; a role for which only a key will do is not served by a code.
const given = 'salter second factor'
const enrolled: FlowStep = {
  flow: given,
  requirement: 'CONDITIONAL',
  steps: [
    { provider: 'conditional-user-configured', requirement: 'REQUIRED' },
    { provider: 'conditional-user-role', requirement: 'REQUIRED', settings: { condUserRole: 'security-key', negate: 'true' } },
    { provider: 'auth-otp-form', requirement: 'ALTERNATIVE' },
    { provider: 'webauthn-authenticator', requirement: 'ALTERNATIVE' },
    { provider: 'auth-recovery-authn-code-form', requirement: 'ALTERNATIVE' },
  ],
}

// Whoever needs one and has none sets one up: a step that is required leads there.
const firstTime: FlowStep = {
  flow: 'salter second factor first time',
  requirement: 'CONDITIONAL',
  steps: [
    { provider: 'conditional-user-role', requirement: 'REQUIRED', settings: { condUserRole: 'second-factor' } },
    { provider: 'conditional-user-role', requirement: 'REQUIRED', settings: { condUserRole: 'security-key', negate: 'true' } },
    {
      provider: 'conditional-sub-flow-executed',
      requirement: 'REQUIRED',
      settings: { flow_to_check: given, check_result: 'not-executed' },
    },
    { provider: 'auth-otp-form', requirement: 'REQUIRED' },
  ],
}

const securityKey: FlowStep = {
  flow: 'salter security key',
  requirement: 'CONDITIONAL',
  steps: [
    { provider: 'conditional-user-role', requirement: 'REQUIRED', settings: { condUserRole: 'security-key' } },
    { provider: 'webauthn-authenticator', requirement: 'REQUIRED' },
  ],
}

/** The realm's rules for codes and keys: what every app and every key understands. */
export const secondFactorSettings: Readonly<Record<string, unknown>> = {
  // RFC 6238 as all apps know it. A code is good once.
  otpPolicyType: 'totp',
  otpPolicyAlgorithm: 'HmacSHA1',
  otpPolicyDigits: 6,
  otpPolicyPeriod: 30,
  otpPolicyLookAheadWindow: 1,
  otpPolicyCodeReusable: false,
  webAuthnPolicyRpEntityName: 'Šalter',
  webAuthnPolicySignatureAlgorithms: ['ES256', 'EdDSA', 'RS256'],
  webAuthnPolicyAttestationConveyancePreference: 'none',
  webAuthnPolicyUserVerificationRequirement: 'preferred',
  webAuthnPolicyAvoidSameAuthenticatorRegister: true,
}

/**
 * Puts the steps behind the password of the flow `parent`, and marks the roles. Roles that newly need a second factor are
 * signed out: their next login asks for it.
 */
export async function ensureSecondFactor(api: AdminApi, realm: string, parent: string, roles: SecondFactorRoles): Promise<void> {
  for (const [name, description] of Object.entries(markers)) {
    if (!(await api.get(`${realm}/roles/${name}`))) await api.post(`${realm}/roles`, { name, description })
  }
  await ensureFlowsIn(api, realm, parent, [enrolled, firstTime, securityKey] as Extract<FlowStep, { flow: string }>[])
  await closeSideDoors(api, realm)
  for (const role of staffRoles) await markRole(api, realm, role, roles[role])
}

/** Ways around a second factor that a new realm has. */
async function closeSideDoors(api: AdminApi, realm: string): Promise<void> {
  // Whoever reads the mail of a person must not be let in by it, nor set up a new code by it: the letter opens the password alone.
  await configureStep(api, realm, 'reset credentials', 'reset-credential-email', { 'force-login': 'true' })
  await requireStep(api, realm, 'reset credentials', 'Reset - Conditional OTP', 'DISABLED')
  // Its tokens are given for a password alone.
  const [client] = (await api.get<{ id: string; directAccessGrantsEnabled: boolean }[]>(`${realm}/clients?clientId=admin-cli`)) ?? []
  if (client?.directAccessGrantsEnabled) {
    await api.put(`${realm}/clients/${client.id}`, { ...client, directAccessGrantsEnabled: false })
  }
  // A phone is lost sooner or later: codes on paper are made right after the app is set up.
  const action = await api.get<{ config?: Record<string, string> }>(`${realm}/authentication/required-actions/CONFIGURE_TOTP`)
  if (action && action.config?.['add-recovery-codes'] !== 'true') {
    await api.put(`${realm}/authentication/required-actions/CONFIGURE_TOTP`, {
      ...action, config: { ...action.config, 'add-recovery-codes': 'true' },
    })
  }
}

interface Role {
  id: string
  name: string
}

async function markRole(api: AdminApi, realm: string, role: StaffRole, wanted: SecondFactor | undefined): Promise<void> {
  const composites = `${realm}/roles/${role}/composites`
  const kept = ((await api.get<Role[]>(composites)) ?? []).filter(({ name }) => name in markers)
  const stale = kept.filter(({ name }) => name !== wanted)
  if (stale.length > 0) await api.delete(composites, stale)
  if (wanted && !kept.some(({ name }) => name === wanted)) {
    await api.post(composites, [await api.get<Role>(`${realm}/roles/${wanted}`)])
    const people = (await api.get<{ id: string }[]>(`${realm}/roles/${role}/users?max=10000`)) ?? []
    for (const { id } of people) await api.post(`${realm}/users/${id}/logout`, {})
  }
}
