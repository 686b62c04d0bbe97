/**
 * People sign in at Keycloak (OpenID Connect, authorization code with PKCE). The grant manager of `keycloak-connect` checks,
 * keeps and refreshes grants; what it does not do is done here: state and nonce (by the caller), PKCE, `acr_values`,
 * `ui_locales`, time-outs, and the token of a back-channel logout.
 */
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from 'jose'
import KeycloakConnect, { type Grant, type GrantManager } from 'keycloak-connect'
import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import { Outage, refuse, Refusal, type RefusalKind } from '../base/errors.ts'
import type { AssuranceLevel } from './actor.ts'
import { Claims } from './claims.ts'
import { loginLocale } from './loginLocale.ts'
import { realmAdmin } from './realmAdmin.ts'
import { peopleScope, serviceTokens } from './serviceToken.ts'

export interface KeycloakSettings {
  KEYCLOAK_URL: string
  KEYCLOAK_REALM: string
  KEYCLOAK_CLIENT_SECRET: string
  KEYCLOAK_SERVICE_SECRET: string
  PUBLIC_URL: string
  /** Where an e-signature is asked for; without it Keycloak is asked, which knows passwords only. */
  CERTIFICATE_DOOR_URL?: string | undefined
}

/** A login as Keycloak grants it. Never leaves the server. */
export interface GrantedLogin {
  claims: Claims
  /** The tokens as Keycloak sent them, JSON: sealed before it is kept. */
  grant: string
}

export interface SignInWish {
  state: string
  nonce: string
  /** PKCE code challenge (S256). */
  challenge: string
  level: AssuranceLevel
  /** One of the six languages: the login page speaks it. */
  language: string
  /** Something the person does there first, for the second factor of their own. */
  action?: SignInAction | undefined
  /** Whoever proved who they are longer ago does it anew. */
  withinMinutes?: number | undefined
}

/** What a person may do at Keycloak of their own accord: set up an app for codes, add a key, set a new password. */
export const signInActions = { app: 'CONFIGURE_TOTP', key: 'webauthn-register', password: 'UPDATE_PASSWORD' } as const
export type SignInAction = keyof typeof signInActions

export interface Keycloak {
  /** Where the browser goes to sign in. */
  signInUrl(wish: SignInWish): string
  /** Takes the code that came back. Refuses ('sign-in-failed') what does not fit; an Outage when Keycloak is silent. */
  exchange(code: string, proof: { nonce: string; verifier: string }): Promise<GrantedLogin>
  /** Whether the access token of a kept grant has ended: its claims may no longer hold. */
  isStale(grant: string): boolean
  /** New tokens for a kept grant. Refuses ('not-signed-in') when Keycloak does; an Outage when it is silent. */
  refresh(grant: string): Promise<GrantedLogin>
  /** Ends the login of a kept grant at Keycloak; one that has ended already is the same. An Outage when Keycloak is silent. */
  endLogin(grant: string): Promise<void>
  /** Ends every login of a person, by the person's id at Keycloak; nobody of that id is the same. An Outage when Keycloak is silent. */
  endAllLogins(subject: string): Promise<void>
  /**
   * Where the browser goes to sign out by hand, and whereto it comes back: Keycloak asks the person first. The address names
   * nobody. An `id_token_hint` would spare the question, but it is a token with the person's data, and addresses are logged.
   */
  signOutUrl(returnTo: string, language: string): string
  /** Checks the token by which Keycloak tells that a session has ended (OpenID Connect Back-Channel Logout 1.0, 2.6). */
  readLogoutToken(token: string): Promise<{ sid?: string; sub?: string }>
  /** Answers when Keycloak does; else throws an Outage. */
  check(): Promise<void>
}

const clientId = 'salter-web'
const timeOutMs = 8_000
/**
 * How long a login waits for its tokens. When a whole town comes at once, Keycloak answers in the order of asking, and each password
 * before takes a core a good part of a second on purpose. A code is good once, so asking again is no help.
 */
const loginPatienceMs = 120_000
const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout'

const Tokens = z.looseObject({ access_token: z.string(), refresh_token: z.string(), id_token: z.string() })

/** Ties the server to one realm. Nothing is asked of Keycloak before it is needed. */
export function connectKeycloak(settings: KeycloakSettings, clock: Clock): Keycloak {
  const serverUrl = settings.KEYCLOAK_URL.replace(/\/$/, '')
  const realmUrl = `${serverUrl}/realms/${encodeURIComponent(settings.KEYCLOAK_REALM)}`
  const endpoint = (name: string): string => `${realmUrl}/protocol/openid-connect/${name}`
  const redirectUri = `${settings.PUBLIC_URL}/sign-in/callback`
  const keySet = createRemoteJWKSet(new URL(endpoint('certs')), { timeoutDuration: loginPatienceMs })
  const manager = grantManager(serverUrl, settings)
  const admin = realmAdmin(settings, serviceTokens(settings, clock, peopleScope), timeOutMs)

  /** A token's payload, its signature, issuer, audience and times checked. */
  const verify = async (token: string, kind: RefusalKind, options: { maxTokenAge?: string } = {}): Promise<JWTPayload> => {
    try {
      const { payload } = await jwtVerify(token, keySet, {
        issuer: realmUrl,
        audience: clientId,
        clockTolerance: 5,
        currentDate: new Date(clock.now()),
        ...options,
      })
      return payload
    } catch (error) {
      if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) throw new Outage('keycloak', error)
      refuse(kind, 'sign-in-failed', { reason: error.code })
    }
  }

  const granted = (grant: Grant): GrantedLogin => {
    const kept = String(grant)
    return { claims: Claims.parse(payloadOf(Tokens.parse(JSON.parse(kept)).access_token)), grant: kept }
  }

  return {
    signInUrl({ state, nonce, challenge, level, language, action, withinMinutes }) {
      const query = new URLSearchParams({
        client_id: clientId,
        response_type: 'code',
        scope: 'openid',
        redirect_uri: redirectUri,
        state,
        nonce,
        code_challenge: challenge,
        code_challenge_method: 'S256',
        ui_locales: loginLocale(language),
        ...(action && { kc_action: signInActions[action] }),
        // OpenID Connect Core, 3.1.2.1, in seconds.
        ...(withinMinutes !== undefined && { max_age: String(withinMinutes * 60) }),
      })
      // Whoever is asked for a password may show a certificate instead, and then Keycloak shall tell the higher level: it tells
      // none above the one that was asked for by name.
      if (level === 'e-signature') query.set('acr_values', level)
      const place = level === 'e-signature' ? settings.CERTIFICATE_DOOR_URL ?? serverUrl : serverUrl
      return `${place}${endpoint('auth').slice(serverUrl.length)}?${query}`
    },

    async exchange(code, { nonce, verifier }) {
      const reply = await askToken(endpoint('token'), settings.KEYCLOAK_CLIENT_SECRET, {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      }, loginPatienceMs)
      const tokens = Tokens.parse(JSON.parse(reply))
      const idToken = await verify(tokens.id_token, 'not-allowed')
      if (idToken.nonce !== nonce) refuse('not-allowed', 'sign-in-failed', { reason: 'nonce' })
      await verify(tokens.access_token, 'not-allowed')
      const grant = await inTime(manager.createGrant(reply), loginPatienceMs)
      const login = granted(grant)
      if (login.claims.sub !== idToken.sub) refuse('not-allowed', 'sign-in-failed', { reason: 'subject' })
      return login
    },

    isStale(kept) {
      const { exp } = z.object({ exp: z.number() }).parse(payloadOf(Tokens.parse(JSON.parse(kept)).access_token))
      return exp * 1000 <= clock.now()
    },

    async refresh(kept) {
      const { refresh_token } = Tokens.parse(JSON.parse(kept))
      // Without its access token a grant counts as ended, so the manager asks for a new one and checks what comes.
      const grant = await inTime(manager.ensureFreshness(staleGrant(refresh_token)))
      return granted(grant)
    },

    async endLogin(kept) {
      const { refresh_token } = Tokens.parse(JSON.parse(kept))
      try {
        await askToken(endpoint('logout'), settings.KEYCLOAK_CLIENT_SECRET, { client_id: clientId, refresh_token })
      } catch (error) {
        // Refused: there is no such login any more, which is what was wanted.
        if (!(error instanceof Refusal)) throw error
      }
    },

    async endAllLogins(subject) {
      try {
        await admin.post(`/users/${encodeURIComponent(subject)}/logout`, {})
      } catch (error) {
        // Nobody of that name: they have no logins, which is what was wanted.
        if (!(error instanceof Refusal) || error.kind !== 'not-found') throw error
      }
    },

    signOutUrl(returnTo, language) {
      const query = new URLSearchParams({ client_id: clientId, post_logout_redirect_uri: returnTo, ui_locales: loginLocale(language) })
      return `${endpoint('logout')}?${query}`
    },

    async readLogoutToken(token) {
      const payload = await verify(token, 'invalid', { maxTokenAge: '5m' })
      const { events, nonce, sid, sub } = payload
      const isLogout = typeof events === 'object' && events !== null && logoutEvent in events
      if (!isLogout || nonce !== undefined) refuse('invalid', 'sign-in-failed', { reason: 'not a logout token' })
      if (typeof sid !== 'string' && typeof sub !== 'string') refuse('invalid', 'sign-in-failed', { reason: 'nobody named' })
      return { ...(typeof sid === 'string' && { sid }), ...(typeof sub === 'string' && { sub }) }
    },

    async check() {
      const description = `${realmUrl}/.well-known/openid-configuration`
      const reply = await fetch(description, { signal: AbortSignal.timeout(timeOutMs) }).catch((cause: unknown) => {
        throw new Outage('keycloak', cause)
      })
      await reply.arrayBuffer()
      if (!reply.ok) throw new Outage('keycloak', new Error(`Expected the realm's description, but the answer was ${reply.status}`))
    },
  }
}

function grantManager(serverUrl: string, settings: KeycloakSettings): GrantManager {
  const connected = new KeycloakConnect(
    {},
    {
      realm: settings.KEYCLOAK_REALM,
      'auth-server-url': serverUrl,
      resource: clientId,
      credentials: { secret: settings.KEYCLOAK_CLIENT_SECRET },
      'verify-token-audience': true,
      'ssl-required': 'external',
      'confidential-port': 0,
    } as KeycloakConnect.KeycloakConfig,
  )
  return connected.grantManager
}

/** A grant of which only the refresh token is left, in the shape the manager reads. */
function staleGrant(refreshToken: string): Grant {
  const { exp } = z.object({ exp: z.number().optional() }).parse(payloadOf(refreshToken))
  const token = { token: refreshToken, isExpired: () => exp !== undefined && exp * 1000 < Date.now() }
  return { isExpired: () => true, refresh_token: token } as unknown as Grant
}

/** What a token says, without checking it: only for tokens that came straight from Keycloak and were checked when they came. */
function payloadOf(token: string): unknown {
  const [, payload = ''] = token.split('.')
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
}

async function askToken(url: string, secret: string, fields: Record<string, string>, patienceMs = timeOutMs): Promise<string> {
  const reply = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
    body: new URLSearchParams(fields),
    signal: AbortSignal.timeout(patienceMs),
  }).catch((cause: unknown) => {
    throw new Outage('keycloak', cause)
  })
  const text = await reply.text()
  if (reply.status >= 500) throw new Outage('keycloak', new Error(`The token endpoint answered ${reply.status}`))
  // A code is good once and for a minute: a page reloaded or left open comes with one that is not.
  if (!reply.ok) refuse('not-allowed', 'sign-in-expired', { status: reply.status })
  return text
}

/** Waits for the grant manager, which knows no time-out, and tells its refusals from silence by their words. */
async function inTime<Result>(work: Promise<Result>, patienceMs = timeOutMs): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Outage('keycloak', new Error(`No answer within ${patienceMs} ms`))), patienceMs)
  })
  try {
    return await Promise.race([work, tooLate])
  } catch (error) {
    if (error instanceof Outage) throw error
    const message = error instanceof Error ? error.message : String(error)
    if (/^4\d\d:/.test(message) || /expired refresh token/.test(message)) refuse('not-allowed', 'not-signed-in', { reason: 'grant-ended' })
    const isBad = message.startsWith('Grant validation failed. Reason: invalid token')
    if (isBad) refuse('not-allowed', 'not-signed-in', { reason: message.slice(-40) })
    throw new Outage('keycloak', error)
  } finally {
    clearTimeout(timer)
  }
}
