import { z } from 'zod'
import type { Clock } from '../base/clock.ts'
import { Outage } from '../base/errors.ts'

export interface ServiceTokenSettings {
  KEYCLOAK_URL: string
  KEYCLOAK_REALM: string
  KEYCLOAK_SERVICE_SECRET: string
}

/** The client scope with the right to keep people and end their sessions (launch/realm/serviceScope.ts). */
export const peopleScope = 'salter-people'

const timeOutMs = 8_000
/** A token that is about to end may do so on its way. */
const earlyMs = 10_000

const Granted = z.object({ access_token: z.string(), expires_in: z.number() })

/**
 * Bearer tokens of the product itself, for neighbors that ask who is calling (OAuth 2.0 client credentials, RFC 6749, 4.4).
 * One is kept until shortly before its end. An Outage when Keycloak is silent or does not know us. A token has the rights of the
 * named `scope` and no others, so that what one neighbor is shown opens nothing at another.
 */
export function serviceTokens(settings: ServiceTokenSettings, clock: Clock, scope?: string): () => Promise<string> {
  return clientTokens(settings, { id: 'salter-service', secret: settings.KEYCLOAK_SERVICE_SECRET }, clock, scope)
}

/** The same for any client of the realm that has an account of its own. */
export function clientTokens(
  settings: Pick<ServiceTokenSettings, 'KEYCLOAK_URL' | 'KEYCLOAK_REALM'>, client: { id: string; secret: string }, clock: Clock, scope?: string,
): () => Promise<string> {
  const realmUrl = `${settings.KEYCLOAK_URL.replace(/\/$/, '')}/realms/${encodeURIComponent(settings.KEYCLOAK_REALM)}`
  let kept: Promise<{ token: string; untilMs: number }> | undefined

  const fetchToken = async (): Promise<{ token: string; untilMs: number }> => {
    const reply = await fetch(`${realmUrl}/protocol/openid-connect/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope && { scope }) }),
      signal: AbortSignal.timeout(timeOutMs),
    })
    if (!reply.ok) throw new Error(`Expected a token for ${client.id}, but the token endpoint answered ${reply.status}`)
    const { access_token, expires_in } = Granted.parse(await reply.json())
    return { token: access_token, untilMs: clock.now() + expires_in * 1000 - earlyMs }
  }

  return async () => {
    try {
      // Whoever asks while one is on its way waits for the same.
      if (kept && (await kept).untilMs <= clock.now()) kept = undefined
      kept ??= fetchToken()
      return (await kept).token
    } catch (cause) {
      kept = undefined
      throw new Outage('keycloak', cause)
    }
  }
}
