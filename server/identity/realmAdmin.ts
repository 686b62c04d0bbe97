import { z } from 'zod'
import { Outage, refuse } from '../base/errors.ts'
import type { ServiceTokenSettings } from './serviceToken.ts'

/** Keycloak's Admin API for the product's own realm. Paths are below `/admin/realms/{realm}`. */
export interface RealmAdmin {
  /** Undefined when there is no such thing. */
  get<Shape>(path: string): Promise<Shape | undefined>
  /** Answers the id of what was made, where Keycloak names one. Refuses ('already-exists') a name or address that is taken. */
  post(path: string, body: unknown): Promise<string | undefined>
  /** Refuses ('invalid') what is against the realm's own rules, as a password that is too short. */
  put(path: string, body: unknown): Promise<void>
  delete(path: string, body?: unknown): Promise<void>
}

/** A user as the Admin API tells of them, as far as we look. */
export const RealmUser = z.looseObject({
  id: z.string(),
  enabled: z.boolean(),
  attributes: z.record(z.string(), z.array(z.string())).default({}),
})
export type RealmUser = z.infer<typeof RealmUser>

/** Roles, named and to be given. */
export const RealmRoles = z.array(z.looseObject({ id: z.string(), name: z.string() }))

/** An invitation is answered only when its letter has been handed over. */
const usualTimeOutMs = 15_000

/**
 * The Admin API with the rights of whoever the token is made for (`launch/realm/serviceScope.ts`: people and groups of this realm,
 * nothing of the realm itself). An Outage when Keycloak is silent, or refuses the client.
 */
export function realmAdmin(
  settings: Pick<ServiceTokenSettings, 'KEYCLOAK_URL' | 'KEYCLOAK_REALM'>, token: () => Promise<string>, timeOutMs = usualTimeOutMs,
): RealmAdmin {
  const base = `${settings.KEYCLOAK_URL.replace(/\/$/, '')}/admin/realms/${encodeURIComponent(settings.KEYCLOAK_REALM)}`

  const call = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const headers = { authorization: `Bearer ${await token()}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
    let reply: Response
    try {
      reply = await fetch(base + path, {
        method, headers, body: body === undefined ? undefined : JSON.stringify(body), signal: AbortSignal.timeout(timeOutMs),
      })
    } catch (cause) {
      throw new Outage('keycloak', cause)
    }
    if (reply.ok || (method === 'GET' && reply.status === 404)) return reply
    await reply.arrayBuffer()
    if (reply.status === 409) refuse('already-exists', 'already-exists')
    if (reply.status === 404) refuse('not-found', 'not-found')
    if (reply.status === 400 && method === 'PUT') refuse('invalid', 'request-not-understood')
    throw new Outage('keycloak', new Error(`Expected it to take ${method} for the service, but it answered ${reply.status}`))
  }

  return {
    async get<Shape>(path: string) {
      const reply = await call('GET', path)
      if (reply.status !== 404) return (await reply.json()) as Shape
      await reply.arrayBuffer()
      return undefined
    },
    async post(path, body) {
      const reply = await call('POST', path, body)
      await reply.arrayBuffer()
      return reply.headers.get('location')?.split('/').at(-1)
    },
    put: async (path, body) => void (await (await call('PUT', path, body)).arrayBuffer()),
    delete: async (path, body) => void (await (await call('DELETE', path, body)).arrayBuffer()),
  }
}
