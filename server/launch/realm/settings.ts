import { loginLocale, loginLocales } from '../../identity/loginLocale.ts'
import type { RealmOptions } from '../realm.ts'
import { secondFactorSettings } from './secondFactor.ts'

/** The realm's own settings: languages, lifetimes, protection against guessing. */
export function realmSettings({ realm, smtp }: Pick<RealmOptions, 'realm' | 'smtp'>): Record<string, unknown> {
  return {
    realm,
    enabled: true,
    displayName: 'Šalter',
    loginTheme: 'salter',
    emailTheme: 'salter',
    // A letter about a new password may lie an hour: people read their mail later.
    actionTokenGeneratedByUserLifespan: 3600,
    internationalizationEnabled: true,
    supportedLocales: loginLocales,
    defaultLocale: loginLocale('sr-Latn'),
    // On loopback there is no TLS; from anywhere else Keycloak asks for it.
    sslRequired: 'external',
    registrationAllowed: false,
    loginWithEmailAllowed: true,
    duplicateEmailsAllowed: false,
    editUsernameAllowed: false,
    rememberMe: false,
    resetPasswordAllowed: smtp !== undefined,
    // A role taken away acts when the next token is asked for.
    accessTokenLifespan: 60,
    // From the login to the tokens: a minute passes in Keycloak's queue when two hundred come at once (measured on two busy cores: 56 s).
    // A code is good once, and only with the browser that began (PKCE); RFC 6749, 4.1.2 allows ten.
    accessCodeLifespan: 180,
    accessCodeLifespanLogin: 1800,
    ssoSessionIdleTimeout: 3600,
    ssoSessionMaxLifespan: 43_200,
    revokeRefreshToken: false,
    bruteForceProtected: true,
    permanentLockout: false,
    failureFactor: 8,
    waitIncrementSeconds: 60,
    maxFailureWaitSeconds: 900,
    // Length beats rules about signs (NIST SP 800-63B, 5.1.1.2).
    passwordPolicy: 'length(10) and maxLength(128) and notUsername(undefined) and notEmail(undefined)',
    ...secondFactorSettings,
    eventsEnabled: true,
    eventsExpiration: 30 * 86_400,
    adminEventsEnabled: true,
    adminEventsDetailsEnabled: false,
    attributes: { 'acr.loa.map': JSON.stringify({ password: 1, 'e-signature': 2 }) },
    ...(smtp ? { smtpServer: smtpServer(smtp) } : {}),
  }
}

function smtpServer({ url, from }: { url: string; from: string }): Record<string, string> {
  const address = new URL(url)
  const secure = address.protocol === 'smtps:'
  return {
    host: address.hostname,
    port: address.port || (secure ? '465' : '25'),
    from,
    fromDisplayName: 'Šalter',
    ssl: String(secure),
    ...(address.username
      ? {
          auth: 'true',
          user: decodeURIComponent(address.username),
          password: decodeURIComponent(address.password),
          starttls: String(!secure),
        }
      : { auth: 'false' }),
  }
}
