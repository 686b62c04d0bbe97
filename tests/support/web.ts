import { serve, type WebServer } from '../../server/http/app.ts'
import type { Neighbors, WebSettings } from '../../server/http/web.ts'
import { quietLog } from '../../server/base/log.ts'
import { anonymous, type Actor } from '../../server/identity/actor.ts'
import type { Keycloak } from '../../server/identity/keycloak.ts'
import { openLoginSession } from '../../server/identity/sessions.ts'
import type { TestTown } from './town.ts'

export interface TestWeb {
  url: string
  /** A browser of its own, signed in as the actor when one is given (the session is made directly, without Keycloak). */
  browser(actor?: Actor): Promise<Browser>
  close(): Promise<void>
}

/** The web server over demo towns, on a free port. */
export async function testWeb(
  town: TestTown,
  { others = [], keycloak = unaskedKeycloak, settings = {}, neighbors = {} }:
  { others?: TestTown[]; keycloak?: Keycloak; settings?: Partial<WebSettings>; neighbors?: Partial<Neighbors> } = {},
): Promise<TestWeb> {
  const towns = [town, ...others]
  const find = (tenantId: string): TestTown => towns.find((each) => each.tenant.id === tenantId)!
  const server: WebServer = await serve(
    { HOST: '127.0.0.1', PORT: 0, PUBLIC_URL: 'http://salter.example', UI_DIR: 'dist/ui', DEMO: true, ...settings },
    {
      towns: () => towns.map(({ tenant }) => tenant),
      contextFor: (tenantId, actor) => find(tenantId).contextFor(actor),
      keycloak,
      keys: town.contextFor(anonymous).keys,
      clock: town.clock,
      log: quietLog,
      links: [{ system: 'email', mode: 'simulator' }],
      ready: async () => undefined,
      ...neighbors,
    },
  )
  return {
    url: server.url,
    async browser(actor) {
      const browser = new Browser(server.url, town.tenant.id)
      if (!actor) return browser
      const signedInNow = { provedAtMs: town.clock.now(), ...actor }
      const cookie = await openLoginSession(town.contextFor(anonymous), { actor: signedInNow, grant: '{}', keycloakSession: `session of ${actor.id}` })
      browser.cookies.set(`salter_${town.tenant.id}`, cookie)
      return browser
    },
    close: () => server.close(),
  }
}

export interface Reply<Body = Record<string, unknown>> {
  status: number
  headers: Headers
  body: Body
}

/** What the pages do: keeps cookies, sends the form token with each change, speaks JSON. */
export class Browser {
  readonly cookies = new Map<string, string>()
  /** Sent with each change; fetched from `/me` when a change is first made. */
  token: string | undefined

  /** The address a proxy names for it; where attempts are counted by address, each browser may have its own. */
  address: string | undefined

  constructor(readonly url: string, readonly tenantId: string) {}

  get<Body = Record<string, unknown>>(path: string): Promise<Reply<Body>> {
    return this.#json<Body>('GET', path)
  }

  async change<Body = Record<string, unknown>>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Reply<Body>> {
    await this.#fetchToken()
    return this.#json<Body>(method, path, body)
  }

  /** Sends one file as a form does. */
  async upload<Body = Record<string, unknown>>(
    path: string, name: string, type: string, bytes: Uint8Array<ArrayBuffer>,
  ): Promise<Reply<Body>> {
    await this.#fetchToken()
    const form = new FormData()
    form.append('file', new Blob([bytes], { type }), name)
    return readJson<Body>(await this.fetch(this.#address(path), { method: 'POST', body: form }))
  }

  /** One request with this browser's cookies and token; redirects are not followed. */
  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    if (this.address) headers.set('x-forwarded-for', this.address)
    if (this.token) headers.set('x-salter-token', this.token)
    const reply = await fetch(new URL(url, this.url), { ...init, headers, redirect: 'manual' })
    for (const line of reply.headers.getSetCookie()) {
      const [name = '', value = ''] = line.slice(0, line.indexOf(';')).split(/=(.*)/s)
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return reply
  }

  async #fetchToken(): Promise<void> {
    this.token ??= (await this.get<{ formToken: string }>('/me')).body.formToken
  }

  async #json<Body>(method: string, path: string, body?: unknown): Promise<Reply<Body>> {
    const json = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    return readJson<Body>(await this.fetch(this.#address(path), { method, ...json }))
  }

  #address(path: string): string {
    return `/api/${this.tenantId}${path}`
  }
}

async function readJson<Body>(reply: Response): Promise<Reply<Body>> {
  const text = await reply.text()
  return { status: reply.status, headers: reply.headers, body: (text === '' ? undefined : JSON.parse(text)) as Body }
}

/** For tests in which nobody signs in: sessions are made directly and never go stale; every other question is a mistake. */
const unasked = (): never => {
  throw new Error('Expected this test not to need Keycloak')
}
const unaskedKeycloak: Keycloak = {
  signInUrl: unasked,
  exchange: unasked,
  isStale: () => false,
  refresh: unasked,
  endLogin: async () => undefined,
  endAllLogins: async () => undefined,
  signOutUrl: () => 'http://keycloak.example/logout',
  readLogoutToken: unasked,
  check: unasked,
}
