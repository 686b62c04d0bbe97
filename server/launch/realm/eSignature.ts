import type { AdminApi } from './adminApi.ts'
import { ensureFlowsIn, putBefore } from './flowSteps.ts'

const outer = 'salter e-signature'
const level = 'salter level e-signature'
/** Where the person's account keeps the certificate that the door let in: SHA-256 of it, hex. */
export const thumbprintAttribute = 'certificate_thumbprint'

/**
 * Puts the way by certificate into the login flow, before the form: level 2. It is taken by itself when the certificate door has
 * handed a certificate over, and passed by when not. The door has checked everything; Keycloak only finds whose it is.
 */
export async function ensureESignature(api: AdminApi, realm: string, flow: string, form: string): Promise<void> {
  await ensureFlowsIn(api, realm, flow, [{
    flow: outer,
    requirement: 'ALTERNATIVE',
    steps: [{
      flow: level,
      requirement: 'CONDITIONAL',
      steps: [
        // A certificate shown once counts as long as the session may live (12 h).
        {
          provider: 'conditional-level-of-authentication', requirement: 'REQUIRED',
          settings: { 'loa-condition-level': '2', 'loa-max-age': '43200' },
        },
        {
          provider: 'auth-x509-client-username-form', requirement: 'REQUIRED',
          settings: {
            'x509-cert-auth.mapping-source-selection': 'SHA-256 Thumbprint',
            'x509-cert-auth.mapper-selection': 'Custom Attribute Mapper',
            'x509-cert-auth.mapper-selection.user-attribute-name': thumbprintAttribute,
            'x509-cert-auth.timestamp-validation-enabled': 'true',
            // The page between would only ask what the person has just chosen.
            'x509-cert-auth.confirmation-page-disallowed': 'true',
          },
        },
      ],
    }],
  }])
  await putBefore(api, realm, flow, outer, form)
}
