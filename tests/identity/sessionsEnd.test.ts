import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { Outage } from '../../server/base/errors.ts'
import type { SignIns } from '../../server/http/contract/signIns.ts'
import { anonymous } from '../../server/identity/actor.ts'
import { deviceOf } from '../../server/identity/device.ts'
import { serviceTokens } from '../../server/identity/serviceToken.ts'
import type { Visitor } from '../../server/launch/visitor.ts'
import { keycloakSettings, realLogin, type RealLogin } from '../support/realLogin.ts'

let login: RealLogin

beforeAll(async () => {
  login = await realLogin()
}, 300_000)

beforeEach(() => login.setClock())

afterAll(() => login?.close())

const minuteOn = (): void => login.clock().advanceTo(Date.now() + 60_000)
const inRealm = (path: string): string => `/${login.realm.realm}${path}`
const isIn = async (visitor: Visitor, tenant?: string): Promise<boolean> => (await login.me(visitor, tenant)).signedIn

async function change(visitor: Visitor, method: 'POST' | 'DELETE', path: string, tenant = 'sombor'): Promise<Response> {
  const { formToken } = await login.me(visitor, tenant)
  return visitor.fetch(login.publicUrl + path, { method, headers: { 'x-salter-token': formToken } })
}

test('a person who is closed at Keycloak, or taken out of it, is out within a minute', async () => {
  const [boris, djordje] = [await login.signedIn('boris.njegovan', { as: 'staff' }), await login.signedIn('djordje.stancic', { as: 'staff' })]
  expect([await isIn(boris), await isIn(djordje)]).toEqual([true, true])
  const path = inRealm(`/users/${await login.idOf('boris.njegovan')}`)

  await login.admin.put(path, { ...await login.admin.get<object>(path), enabled: false })
  await login.admin.delete(inRealm(`/users/${await login.idOf('djordje.stancic')}`))
  minuteOn()

  expect([await isIn(boris), await isIn(djordje)]).toEqual([false, false])
})

test('whoever is taken out of the town’s units is out within a minute; whoever gets a role has it within a minute', async () => {
  const milica = await login.signedIn('milica.jovin', { as: 'staff' })
  const ana = await login.signedIn('ana.kovac', { as: 'staff' })
  const id = await login.idOf('milica.jovin')
  const groups = await login.admin.get<{ id: string }[]>(inRealm(`/users/${id}/groups`))

  for (const group of groups!) await login.admin.delete(inRealm(`/users/${id}/groups/${group.id}`))
  await login.giveRole('ana.kovac', 'auditor')
  minuteOn()

  expect(await isIn(milica)).toBe(false)
  expect((await login.me(ana)).roles.sort()).toEqual(['auditor', 'case-clerk', 'registrar'])
})

test('an open inbox hears no more once its clerk is closed', async () => {
  await login.giveRole('marko.ilic', 'case-clerk')
  const sombor = (await login.admin.get<{ id: string; name: string }[]>(inRealm('/groups')))!.find(({ name }) => name === 'sombor')!
  await login.admin.put(inRealm(`/users/${await login.idOf('marko.ilic')}/groups/${sombor.id}`), {})
  const marko = await login.signedIn('marko.ilic', { as: 'staff' })
  const stream = await marko.fetch(`${login.publicUrl}/api/sombor/inbox/events`)
  expect(stream.status).toBe(200)

  await login.takeRole('marko.ilic', 'case-clerk')
  // Two beats of twenty seconds may pass before the token's minute is over.
  const heard = stream.text()
  minuteOn()

  expect(await heard).toContain('retry: 3000')
  expect(await isIn(marko)).toBe(false)
})

test('signing out everywhere ends every device, in every town, at Keycloak too, and is in the audit', async () => {
  const [phone, desk] = [await login.signedIn('jovana.marinkovic'), await login.signedIn('jovana.marinkovic')]
  const away = await login.signedIn('jovana.marinkovic', { tenant: 'stara-zagora' })
  const other = await login.signedIn('erzsebet.toth')

  const reply = await change(phone, 'POST', '/sombor/sign-out-everywhere')

  expect(await reply.json()).toEqual({ location: `${login.publicUrl}/sombor/` })
  expect([await isIn(phone), await isIn(desk), await isIn(away, 'stara-zagora'), await isIn(other)]).toEqual([false, false, false, true])
  for (const visitor of [phone, desk, away]) {
    expect((await visitor.open(`${login.publicUrl}/sombor/sign-in`)).text).toContain('kc-form-login')
  }
})

test('signing out everywhere while Keycloak is silent ends all here, and leads to where it can be ended there', async () => {
  const [phone, desk] = [await login.signedIn('jovana.marinkovic'), await login.signedIn('jovana.marinkovic')]
  const silent = vi.spyOn(login.keycloak, 'endAllLogins').mockRejectedValue(new Outage('keycloak'))

  const { location } = (await (await change(phone, 'POST', '/sombor/sign-out-everywhere')).json()) as { location: string }
  silent.mockRestore()

  expect(location).toMatch(/openid-connect\/logout\?(?!.*id_token)/)
  expect([await isIn(phone), await isIn(desk)]).toEqual([false, false])
  const audit = await login.sombor.contextFor(anonymous).db.transaction((trx) =>
    trx('audit_entries').where({ action: 'session.end-all' }).orderBy('sequence', 'desc').first()) as { actor: string; facts: object }
  expect(audit).toMatchObject({ actor: await login.idOf('jovana.marinkovic'), facts: { sessions: 2 } })
})

test('a person sees where they are signed in, and ends one of them from afar', async () => {
  const [phone, desk] = [await login.signedIn('jovana.marinkovic'), await login.signedIn('jovana.marinkovic')]
  const stranger = await login.signedIn('erzsebet.toth')
  const list = async (visitor: Visitor): Promise<SignIns['signIns']> =>
    ((await (await visitor.fetch(`${login.publicUrl}/api/sombor/me/sign-ins`)).json()) as SignIns).signIns

  const seen = await list(desk)
  const far = seen.find(({ isThis }) => !isThis)!
  const byStranger = await change(stranger, 'DELETE', `/api/sombor/me/sign-ins/${far.id}`)
  const byOwner = await change(desk, 'DELETE', `/api/sombor/me/sign-ins/${far.id}`)

  expect(seen).toHaveLength(2)
  expect(seen.filter(({ isThis }) => isThis)).toHaveLength(1)
  expect([byStranger.status, byOwner.status]).toEqual([404, 204])
  expect([await isIn(phone), await isIn(desk)]).toEqual([false, true])
  expect((await phone.open(`${login.publicUrl}/sombor/sign-in`)).text).toContain('kc-form-login')
})

test('a device is told roughly, and never by version or model', () => {
  const told = [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
    'Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'node', '',
  ].map(deviceOf)

  expect(told).toEqual(['Edge · Windows', 'Chrome · Android', 'Safari · iOS', 'Firefox · Linux', '', ''])
})

test('what the engine is shown of our own account has no right over people', async () => {
  const settings = keycloakSettings(login.realm)
  const payload = (token: string): object => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as object

  const forEngine = payload(await serviceTokens(settings, login.clock())())
  const forPeople = payload(await serviceTokens(settings, login.clock(), 'salter-people')())

  expect(forEngine).toMatchObject({ aud: 'salter-service' })
  expect(forEngine).not.toHaveProperty('resource_access')
  expect(forPeople).toMatchObject({ resource_access: { 'realm-management': { roles: ['manage-users'] } } })
})
