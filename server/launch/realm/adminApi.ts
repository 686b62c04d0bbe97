/** A few lines over Keycloak's Admin API: what the realm's steps need, and no more. */
import { Outage } from '../../base/errors.ts'

export interface AdminApi {
  /** `path` below /admin/realms; undefined when there is no such thing. */
  get<Shape>(path: string): Promise<Shape | undefined>
  post(path: string, body: unknown): Promise<void>
  put(path: string, body: unknown): Promise<void>
  delete(path: string, body?: unknown): Promise<void>
}

/** Signs in as the administrator of the master realm. The token is renewed before it ends. */
export async function openAdminApi(url: string, admin: { username: string; password: string }): Promise<AdminApi> {
  let token = { value: '', untilMs: 0 }

  const fresh = async (): Promise<string> => {
    if (Date.now() < token.untilMs) return token.value
    const reply = await ask(`${url}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', username: admin.username, password: admin.password }),
    })
    if (!reply.ok) {
      throw new Error(
        `Expected Keycloak's administrator ${admin.username} to sign in, but it answered ${reply.status}: ${await reply.text()}`,
      )
    }
    const grant = (await reply.json()) as { access_token: string; expires_in: number }
    token = { value: grant.access_token, untilMs: Date.now() + (grant.expires_in - 10) * 1000 }
    return token.value
  }

  const call = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const reply = await ask(`${url}/admin/realms${path}`, {
      method,
      headers: { authorization: `Bearer ${await fresh()}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    if (!reply.ok && !(method === 'GET' && reply.status === 404)) {
      throw new Error(`Expected Keycloak to take ${method} ${path}, but it answered ${reply.status}: ${await reply.text()}`)
    }
    return reply
  }

  await fresh()
  return {
    async get<Shape>(path: string) {
      const reply = await call('GET', path)
      return reply.status === 404 ? undefined : ((await reply.json()) as Shape)
    },
    post: async (path, body) => void (await call('POST', path, body)),
    put: async (path, body) => void (await call('PUT', path, body)),
    delete: async (path, body) => void (await call('DELETE', path, body)),
  }
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(30_000) })
  } catch (cause) {
    throw new Outage('keycloak', cause)
  }
}
