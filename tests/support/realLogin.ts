import { MovableClock, type Clock } from '../../server/base/clock.ts'
import { quietLog, type Log } from '../../server/base/log.ts'
import { serve } from '../../server/http/app.ts'
import type { Me } from '../../server/http/contract/town.ts'
import { anonymous } from '../../server/identity/actor.ts'
import { connectKeycloak, type Keycloak, type KeycloakSettings } from '../../server/identity/keycloak.ts'
import { freePort } from '../../server/launch/postgres.ts'
import type { RealmOptions } from '../../server/launch/realm.ts'
import { openAdminApi, type AdminApi } from '../../server/launch/realm/adminApi.ts'
import { Visitor } from '../../server/launch/visitor.ts'
import { testRealm, type TestRealm } from './keycloak.ts'
import { testTown, type TestTown } from './town.ts'

/** The web server over Sombor and Stara Zagora, tied to a realm of its own in the real Keycloak. */
export interface RealLogin {
  sombor: TestTown
  staraZagora: TestTown
  realm: TestRealm
  keycloak: Keycloak
  publicUrl: string
  admin: AdminApi
  /** Our own clock, which stands until it is moved. */
  clock(): MovableClock
  /** Tokens carry the time of Keycloak's own clock, so ours begins there anew: before each test. */
  setClock(): void
  /** A browser without scripts that has signed in and come back. */
  signedIn(username: string, options?: { tenant?: string; as?: 'citizen' | 'staff' }): Promise<Visitor>
  /** Who the server says a visitor is. */
  me(visitor: Visitor, tenant?: string): Promise<Me>
  idOf(username: string): Promise<string>
  giveRole(username: string, role: string): Promise<void>
  takeRole(username: string, role: string): Promise<void>
  close(): Promise<void>
}

export async function realLogin(
  { secondFactor, log = quietLog, uiDir = 'tests/no-pages-here' }: Pick<RealmOptions, 'secondFactor'> & { log?: Log; uiDir?: string } = {},
): Promise<RealLogin> {
  const sombor = await testTown()
  const staraZagora = await sombor.neighbor('stara-zagora')
  const port = await freePort()
  const publicUrl = `http://localhost:${port}`
  const realm = await testRealm(publicUrl, [sombor.tenant, staraZagora.tenant], { secondFactor })
  let moved = new MovableClock(Date.now())
  const clock: Clock = { now: () => moved.now(), at: (atMs, wake) => moved.at(atMs, wake) }
  const keycloak = connectKeycloak(keycloakSettings(realm), clock)
  const towns = [sombor, staraZagora]
  const web = await serve(
    { HOST: '127.0.0.1', PORT: port, PUBLIC_URL: publicUrl, UI_DIR: uiDir, DEMO: true },
    {
      towns: () => towns.map(({ tenant }) => tenant),
      contextFor: (tenantId, actor) => ({ ...towns.find(({ tenant }) => tenant.id === tenantId)!.contextFor(actor), clock }),
      keycloak,
      keys: sombor.contextFor(anonymous).keys,
      clock,
      log,
      links: [],
      ready: async () => undefined,
    },
  )
  const admin = await openAdminApi(realm.url, realm.admin)
  const inRealm = `/${realm.realm}`
  const idOf = async (username: string): Promise<string> =>
    (await admin.get<{ id: string }[]>(`${inRealm}/users?exact=true&username=${username}`))![0]!.id
  const roles = async (username: string): Promise<string> => `${inRealm}/users/${await idOf(username)}/role-mappings/realm`

  return {
    sombor, staraZagora, realm, keycloak, publicUrl, admin, idOf,
    clock: () => moved,
    setClock: () => void (moved = new MovableClock(Date.now())),
    async signedIn(username, { tenant = 'sombor', as = 'citizen' } = {}) {
      const visitor = new Visitor()
      await visitor.signIn(`${publicUrl}/${tenant}/sign-in?as=${as}&return=/${tenant}/my`, username, realm.password)
      return visitor
    },
    me: async (visitor, tenant = 'sombor') => (await (await visitor.fetch(`${publicUrl}/api/${tenant}/me`)).json()) as Me,
    giveRole: async (username, role) => admin.post(await roles(username), [await admin.get(`${inRealm}/roles/${role}`)]),
    takeRole: async (username, role) => admin.delete(await roles(username), [await admin.get(`${inRealm}/roles/${role}`)]),
    async close() {
      await web.close()
      await sombor.close()
    },
  }
}

/** How a server is told of a realm. */
export function keycloakSettings({ url, realm, clientSecret, serviceSecret, publicUrl }: TestRealm): KeycloakSettings {
  return {
    KEYCLOAK_URL: url,
    KEYCLOAK_REALM: realm,
    KEYCLOAK_CLIENT_SECRET: clientSecret,
    KEYCLOAK_SERVICE_SECRET: serviceSecret,
    PUBLIC_URL: publicUrl,
  }
}
