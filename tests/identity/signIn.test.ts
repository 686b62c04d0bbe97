import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { Outage, Refusal } from '../../server/base/errors.ts'
import { anonymous, staffRoles } from '../../server/identity/actor.ts'
import { connectKeycloak } from '../../server/identity/keycloak.ts'
import { freePort } from '../../server/launch/postgres.ts'
import { Visitor } from '../../server/launch/visitor.ts'
import { keycloakSettings, realLogin, type RealLogin } from '../support/realLogin.ts'
import type { TestTown } from '../support/town.ts'

let login: RealLogin
let { signedIn, me, idOf, takeRole, sombor, staraZagora, realm, keycloak, publicUrl } = {} as RealLogin

beforeAll(async () => {
  login = await realLogin()
  ;({ signedIn, me, idOf, takeRole, sombor, staraZagora, realm, keycloak, publicUrl } = login)
}, 300_000)

beforeEach(() => login.setClock())

afterAll(() => login?.close())

test('a citizen signs in at Keycloak and comes back to the page they were on, known by name, number and contact', async () => {
  const visitor = new Visitor()

  const signIn = `${publicUrl}/sombor/sign-in?return=/sombor/services/register-extract/apply&language=hu`
  const page = await visitor.signIn(signIn, 'jovana.marinkovic', realm.password)

  expect(page.url).toBe(`${publicUrl}/sombor/services/register-extract/apply`)
  expect(await me(visitor)).toMatchObject({
    signedIn: true,
    staff: false,
    level: 'password',
    contact: { personalNumberMask: expect.stringMatching(/035$/), email: expect.stringContaining('@') },
  })
})

test('the same citizen is one person at every login, and another in each town', async () => {
  await signedIn('jovana.marinkovic')
  await signedIn('jovana.marinkovic')
  await signedIn('jovana.marinkovic', { tenant: 'stara-zagora' })

  const count = async (town: TestTown): Promise<unknown> => town.contextFor(anonymous).db.transaction(async (trx) => ({
    accounts: await trx('accounts').count().first(),
    ids: await trx('people').pluck('identifier_hash').where({ family_name: 'Маринковић' }),
  }))
  const [here, there] = [await count(sombor), await count(staraZagora)] as { ids: Buffer[] }[]
  expect(here?.ids).toHaveLength(1)
  expect(there?.ids).toHaveLength(1)
  // Hashed with the town's name: two towns cannot compare their people.
  expect(here?.ids[0]?.equals(there!.ids[0]!)).toBe(false)
})

test('a clerk signs in with the roles and units of the town, and is nobody in another', async () => {
  const ana = await signedIn('ana.kovac', { as: 'staff' })
  const elsewhere = new Visitor()

  const refused = await elsewhere.signIn(`${publicUrl}/stara-zagora/sign-in?as=staff`, 'ana.kovac', realm.password)

  expect(await me(ana)).toMatchObject({
    staff: true,
    roles: expect.arrayContaining(['case-clerk', 'registrar']),
    units: [{ id: 'registry' }],
  })
  expect(refused.status).toBe(403)
  expect(await me(elsewhere, 'stara-zagora')).toMatchObject({ signedIn: false, staff: false })
})

test('each of the twelve roles of the staff has somebody in Sombor, also those of no unit', async () => {
  const has = new Set(sombor.tenant.people.flatMap(({ roles }) => roles))

  const auditor = await me(await signedIn('zarko.milosev', { as: 'staff' }))
  const neighbor = await me(await signedIn('tereza.balint', { as: 'staff' }))

  expect(staffRoles.filter((role) => !has.has(role))).toEqual([])
  expect(auditor).toMatchObject({ staff: true, roles: ['auditor'], units: [] })
  expect(neighbor).toMatchObject({ staff: true, roles: ['external-organisation'], units: [] })
})

test('whoever is signed in as someone without access can sign out and come in as another', async () => {
  const visitor = new Visitor()
  const signIn = `${publicUrl}/stara-zagora/sign-in?as=staff`
  await visitor.signIn(signIn, 'ana.kovac', realm.password)
  const [, signOut] = /<a href="([^"]+)">/.exec(await pageAt(visitor, signIn)) ?? []

  const asked = await visitor.open(signOut!.replaceAll('&#38;', '&'))
  const [, confirm] = /<form[^>]*action="([^"]+)"/.exec(asked.text) ?? []
  const [, session] = /name="session_code" value="([^"]+)"/.exec(asked.text) ?? []
  const form = new URLSearchParams({ session_code: session!, confirmLogout: 'yes' })
  const after = await visitor.open(new URL(confirm!.replaceAll('&amp;', '&'), asked.url).href, { method: 'POST', body: form })
  await visitor.signIn(signIn, 'elena.dimitrova', realm.password)

  expect(after.url).toBe(`${publicUrl}/stara-zagora/`)
  expect(await me(visitor, 'stara-zagora')).toMatchObject({ staff: true, name: 'Елена Димитрова' })
})

test('two tabs of one browser that sign in one after the other are both in, and nobody is asked twice', async () => {
  const visitor = new Visitor()
  const tab = async (page: string): Promise<string> => {
    const login = await visitor.open(`${publicUrl}/sombor/sign-in?return=/sombor/${page}`)
    return /<form[^>]*id="kc-form-login"[^>]*action="([^"]+)"/.exec(login.text)![1]!.replaceAll('&amp;', '&')
  }
  const [first, second] = [await tab('services'), await tab('my')]
  const send = (action: string) =>
    visitor.open(action, { method: 'POST', body: new URLSearchParams({ username: 'jovana.marinkovic', password: realm.password }) })

  const pages = [await send(first), await send(second)]

  expect(pages.map(({ url }) => url)).toEqual([`${publicUrl}/sombor/services`, `${publicUrl}/sombor/my`])
  expect(await me(visitor)).toMatchObject({ signedIn: true, name: 'Јована Маринковић' })
})

test('whoever proved who they are longer ago than is asked does it anew: Keycloak asks, and its answer is checked', async () => {
  const visitor = await signedIn('jovana.marinkovic')
  const again = `${publicUrl}/sombor/sign-in?within=5&return=/sombor/services`
  const { exchange } = keycloak
  const old = vi.spyOn(keycloak, 'exchange').mockImplementationOnce(async (code, proof) => {
    const { claims, grant } = await exchange(code, proof)
    return { grant, claims: { ...claims, auth_time: claims.auth_time! - 7 * 60 } }
  })

  const asked = keycloak.signInUrl({ state: 's.sombor', nonce: 'n', challenge: 'c'.repeat(43), level: 'password', language: 'en', withinMinutes: 0 })
  const withAnOldAnswer = await visitor.open(again)
  const lately = await visitor.open(again)

  old.mockRestore()
  // Keycloak counts in whole seconds: the login of this very second is none of longer ago.
  await expect.poll(async () => (await visitor.open(asked)).text, { timeout: 10_000 }).toContain('kc-form-login')
  expect(withAnOldAnswer).toMatchObject({ status: 403, text: expect.stringContaining('"login-too-old"') })
  expect(lately.url).toBe(`${publicUrl}/sombor/services`)
  expect(await me(visitor)).toMatchObject({ signedIn: true })
})

test('deeds that want a login of late are refused to an old one, with the minutes, and done after a new one', async () => {
  const visitor = await signedIn('jovana.marinkovic')
  await signedIn('jovana.marinkovic')
  login.clock().advance(16 * 60_000)
  const { formToken } = await me(visitor)
  const endAll = () => visitor.fetch(`${publicUrl}/sombor/sign-out-everywhere`, { method: 'POST', headers: { 'x-salter-token': formToken } })

  const old = await endAll()
  login.setClock()
  const fresh = await endAll()

  expect(old.status).toBe(403)
  expect(await old.json()).toMatchObject({ code: 'login-too-old', facts: { minutes: 15 } })
  expect(fresh.status).toBe(200)
})

test('a code that waited too long at Keycloak is no end: the login begins again by itself, once', async () => {
  const visitor = new Visitor()
  const refused = vi.spyOn(keycloak, 'exchange').mockRejectedValueOnce(new Refusal('not-allowed', 'sign-in-expired'))

  const page = await visitor.signIn(`${publicUrl}/sombor/sign-in?return=/sombor/my`, 'jovana.marinkovic', realm.password)

  expect(refused).toHaveBeenCalledTimes(2)
  refused.mockRestore()
  expect(page.url).toBe(`${publicUrl}/sombor/my`)
  expect(await me(visitor)).toMatchObject({ signedIn: true })
})

test('the browser holds no token, and the session’s cookie opens nothing without the database', async () => {
  const visitor = await signedIn('ana.kovac', { as: 'staff' })

  const cookie = visitor.cookie('salter_sombor')!
  const rows = await sombor.contextFor(anonymous).db.transaction((trx) => trx('sessions').select('id_hash', 'grant_sealed'))

  expect(cookie).toMatch(/^[\w-]{43}$/)
  expect(JSON.stringify(rows)).not.toContain(cookie)
  for (const { grant_sealed } of rows as { grant_sealed: Buffer }[]) expect(grant_sealed.toString('latin1')).not.toContain('access_token')
})

test('a role that is taken away acts within a minute', async () => {
  const milica = await signedIn('milica.jovin', { as: 'staff' })
  const tasks = () => milica.fetch(`${publicUrl}/api/sombor/inbox/tasks?list=mine&language=en`)
  expect((await tasks()).status).toBe(200)

  await takeRole('milica.jovin', 'case-clerk')
  login.clock().advanceTo(Date.now() + 60_000)

  expect((await tasks()).status).toBe(401)
})

test('a session that is alive gets new tokens when its minute is over, once for all requests of a page', async () => {
  const ana = await signedIn('ana.kovac', { as: 'staff' })
  const refresh = vi.spyOn(keycloak, 'refresh')
  login.clock().advanceTo(Date.now() + 60_000)

  const replies = await Promise.all([1, 2, 3, 4].map(() => ana.fetch(`${publicUrl}/api/sombor/inbox/tasks?list=mine&language=en`)))

  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect(refresh).toHaveBeenCalledTimes(1)
  refresh.mockRestore()
})

test('a login that an administrator ends at Keycloak ends here at once', async () => {
  const vesna = await signedIn('vesna.radic', { as: 'staff' })
  expect(await me(vesna)).toMatchObject({ signedIn: true })

  await login.admin.post(`/${realm.realm}/users/${await idOf('vesna.radic')}/logout`, {})

  expect(await me(vesna)).toMatchObject({ signedIn: false })
})

test('signing out ends the session here and at Keycloak, and no token goes into an address', async () => {
  const ana = await signedIn('ana.kovac', { as: 'staff' })
  const token = (await me(ana)).formToken

  const reply = await ana.fetch(`${publicUrl}/sombor/sign-out`, { method: 'POST', headers: { 'x-salter-token': token } })
  const { location } = (await reply.json()) as { location: string }
  const after = await ana.open(location)

  expect(location).toBe(`${publicUrl}/sombor/`)
  expect(await me(ana)).toMatchObject({ signedIn: false })
  expect(after.url).toBe(`${publicUrl}/sombor/`)
  // Keycloak, too, asks for the password again.
  expect((await ana.open(`${publicUrl}/sombor/sign-in?as=staff`)).text).toContain('kc-form-login')
})

test('signing out while Keycloak is silent ends the session here, and leads to where it can be ended there', async () => {
  const ana = await signedIn('ana.kovac', { as: 'staff' })
  const token = (await me(ana)).formToken
  const silent = vi.spyOn(keycloak, 'endLogin').mockRejectedValue(new Outage('keycloak'))

  const reply = await ana.fetch(`${publicUrl}/sombor/sign-out`, { method: 'POST', headers: { 'x-salter-token': token } })
  silent.mockRestore()

  expect(((await reply.json()) as { location: string }).location).toMatch(/openid-connect\/logout\?(?!.*id_token)/)
  expect(await me(ana)).toMatchObject({ signedIn: false })
})

test('a session ends after half an hour without a request, for a citizen after an hour', async () => {
  const ana = await signedIn('ana.kovac', { as: 'staff' })
  const jovana = await signedIn('jovana.marinkovic')

  login.clock().advance(30 * 60_000)

  expect(await me(ana)).toMatchObject({ signedIn: false })
  expect(await me(jovana)).toMatchObject({ signedIn: true })
})

test('an answer that this browser did not ask for signs nobody in', async () => {
  const attacker = new Visitor()
  const asked = await attacker.fetch(`${publicUrl}/sombor/sign-in`)
  const state = new URL(asked.headers.get('location')!).searchParams.get('state')!
  const victim = new Visitor()

  const page = await victim.open(`${publicUrl}/sign-in/callback?state=${state}&code=stolen`, { headers: { accept: 'text/html' } })

  expect(page.status).toBe(403)
  expect(victim.cookie('salter_sombor')).toBeUndefined()
})

test('someone who turns back at the login page is where they were, not signed in', async () => {
  const visitor = new Visitor()
  const asked = await visitor.fetch(`${publicUrl}/sombor/sign-in?return=/sombor/services`)
  const state = new URL(asked.headers.get('location')!).searchParams.get('state')!

  const reply = await visitor.fetch(`${publicUrl}/sign-in/callback?state=${state}&error=access_denied`)

  expect(reply.headers.get('location')).toBe('/sombor/services')
  expect(await me(visitor)).toMatchObject({ signedIn: false })
})

test('a login that took longer than half an hour is begun anew', async () => {
  const visitor = new Visitor()
  const asked = await visitor.fetch(`${publicUrl}/sombor/sign-in`)
  const state = new URL(asked.headers.get('location')!).searchParams.get('state')!
  login.clock().advance(31 * 60_000)

  const page = await visitor.open(`${publicUrl}/sign-in/callback?state=${state}&code=late`, { headers: {
    accept: 'text/html',
    'accept-language': 'hu',
  } })

  expect(page.text).toContain('A bejelentkezés túl sokáig tartott')
})

test('a code that Keycloak did not give out signs nobody in: it is asked for another once, and then told so', async () => {
  const visitor = new Visitor()
  const bring = (asked: Response): Promise<Response> => {
    const state = new URL(asked.headers.get('location')!).searchParams.get('state')!
    const headers = { accept: 'text/html', 'accept-language': 'en' }
    return visitor.fetch(`${publicUrl}/sign-in/callback?state=${state}&code=invented`, { headers })
  }

  const again = await bring(await visitor.fetch(`${publicUrl}/sombor/sign-in`))
  const page = await bring(again)

  expect(again.headers.get('location')).toMatch(new RegExp(`^${realm.url}/realms/.*/auth\\?`))
  expect(page.status).toBe(403)
  expect(await page.text()).toContain('Signing in took too long')
  expect(await me(visitor)).toMatchObject({ signedIn: false })
})

test('the login is asked for with PKCE, a nonce, the level and the reader’s language', async () => {
  const reply = await new Visitor().fetch(`${publicUrl}/sombor/sign-in?language=hu&level=e-signature`)

  const asked = Object.fromEntries(new URL(reply.headers.get('location')!).searchParams)
  expect(asked).toMatchObject({
    response_type: 'code',
    code_challenge_method: 'S256',
    acr_values: 'e-signature',
    ui_locales: 'hu',
    client_id: 'salter-web',
  })
  expect([asked.state, asked.nonce, asked.code_challenge].every((value) => value!.length >= 43)).toBe(true)
})

test('a login does not lead to another site', async () => {
  const elsewhere = ['https://evil.example/sombor/', '//evil.example/sombor/', '/stara-zagora/', '/sombor/../stara-zagora/', 'javascript:alert(1)']
  for (const path of elsewhere) {
    const visitor = new Visitor()
    const page = await visitor.signIn(`${publicUrl}/sombor/sign-in?return=${encodeURIComponent(path)}`, 'jovana.marinkovic', realm.password)
    expect(page.url).toBe(`${publicUrl}/sombor/`)
  }
})

test('a forged notice that a session has ended ends nothing', async () => {
  const ana = await signedIn('ana.kovac', { as: 'staff' })
  const forged = [{ alg: 'none', typ: 'logout+jwt' }, {
    iss: `${realm.url}/realms/${realm.realm}`,
    aud: 'salter-web',
    sub: await idOf('ana.kovac'),
    iat: Date.now() / 1000,
  }]
  const token = `${forged.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`

  const reply = await fetch(`${publicUrl}/sign-in/back-channel`, { method: 'POST', body: new URLSearchParams({ logout_token: token }) })

  expect(reply.status).toBe(400)
  expect(await me(ana)).toMatchObject({ signedIn: true })
})

test('while Keycloak is silent nobody acts on claims that cannot be checked, and the session is kept', async () => {
  const ana = await signedIn('ana.kovac', { as: 'staff' })
  const away = connectKeycloak({ ...keycloakSettings(realm), KEYCLOAK_URL: `http://localhost:${await freePort()}` }, login.clock())
  login.clock().advanceTo(Date.now() + 60_000)
  const silent = vi.spyOn(keycloak, 'refresh').mockImplementation(away.refresh)

  const during = await ana.fetch(`${publicUrl}/api/sombor/inbox/tasks?list=mine&language=en`)
  silent.mockRestore()
  const after = await ana.fetch(`${publicUrl}/api/sombor/inbox/tasks?list=mine&language=en`)

  expect(during.status).toBe(503)
  expect(await during.json()).toMatchObject({ code: 'neighbor-down', facts: { system: 'keycloak' } })
  expect(after.status).toBe(200)
  await expect(away.check()).rejects.toMatchObject({ system: 'keycloak' })
})

/** The page an address leads to, asked for as a browser does. */
async function pageAt(visitor: Visitor, url: string): Promise<string> {
  const reply = await visitor.fetch(url, { headers: { accept: 'text/html,*/*;q=0.8' } })
  const location = reply.headers.get('location')
  return location ? pageAt(visitor, new URL(location, url).href) : reply.text()
}
