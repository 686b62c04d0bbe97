import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { Outage } from '../../base/errors.ts'

export interface TokenSettings {
  /** Who signs the tokens: the address of an OpenID Connect provider, a realm of Keycloak for example. */
  issuer: string
  /** Whom the tokens must be made for (claim `aud`). */
  audience: string
}

const TIME_OUT_MS = 8_000
const CLOCK_TOLERANCE_S = 5

/** Says whether what a call shows as `authorization` lets it in. */
export type Authorize = (authorization: string) => Promise<boolean>

/**
 * Lets in who shows a token of this issuer for this audience that holds now (OpenID Connect Discovery 1.0, RFC 6750, RFC 7519).
 * The issuer's keys are fetched when the first token comes; an issuer that is silent is an Outage.
 */
export function bearerTokens({ issuer, audience }: TokenSettings): Authorize {
  let keys: Promise<JWTVerifyGetKey> | undefined

  const keysOnce = (): Promise<JWTVerifyGetKey> => {
    keys ??= discoverKeys(issuer)
    // The next call asks anew.
    keys.catch(() => (keys = undefined))
    return keys
  }

  return async (authorization) => {
    const [, token] = /^Bearer (\S+)$/i.exec(authorization) ?? []
    if (!token) return false
    const keySet = await keysOnce()
    try {
      await jwtVerify(token, keySet, { issuer, audience, clockTolerance: CLOCK_TOLERANCE_S, requiredClaims: ['exp'] })
      return true
    } catch (error) {
      if (isIssuerSilent(error)) throw new Outage('token issuer', error)
      return false
    }
  }
}

async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const description = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  try {
    const reply = await fetch(description, { signal: AbortSignal.timeout(TIME_OUT_MS) })
    const { jwks_uri } = z.object({ issuer: z.literal(issuer), jwks_uri: z.url() }).parse(await reply.json())
    return createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: TIME_OUT_MS })
  } catch (cause) {
    throw new Outage('token issuer', cause)
  }
}

// jose has one class of errors for all it finds wrong with a token, and a few for what it could not fetch.
function isIssuerSilent(error: unknown): boolean {
  const isAboutToken = error instanceof errors.JOSEError
  return !isAboutToken || error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || error.code === 'ERR_JOSE_GENERIC'
}
