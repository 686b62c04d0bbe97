import { beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../server/base/clock.ts'
import { citizenDirectory, type CitizenDirectory } from '../../server/identity/citizenDirectory.ts'
import { realmAdmin, type RealmAdmin } from '../../server/identity/realmAdmin.ts'
import { peopleScope, serviceTokens } from '../../server/identity/serviceToken.ts'
import { freePort } from '../../server/launch/postgres.ts'
import { readMunicipalities } from '../../server/zeebe/municipality.ts'
import { testRealm } from '../support/keycloak.ts'

let admin: RealmAdmin
let citizens: CitizenDirectory

beforeAll(async () => {
  const realm = await testRealm(`http://localhost:${await freePort()}`, await readMunicipalities('processes'))
  const settings = { KEYCLOAK_URL: realm.url, KEYCLOAK_REALM: realm.realm, KEYCLOAK_SERVICE_SECRET: realm.serviceSecret }
  admin = realmAdmin(settings, serviceTokens(settings, systemClock, peopleScope))
  citizens = citizenDirectory(admin)
}, 300_000)

const ruzica = (email: string) => ({ givenName: 'Ружица', familyName: 'Ковачев', email, phone: '+381 25 123 456', address: 'Сомбор', language: 'sr-Cyrl' })

test('a pending account is shut, unconfirmed and a citizen’s, and asked for again it is the same', async () => {
  const id = await citizens.createPending(ruzica('ruzica@primer.example'), 'sombor/1')

  expect(await citizens.createPending(ruzica('ruzica@primer.example'), 'sombor/1')).toBe(id)
  expect(await admin.get(`/users/${id}`)).toMatchObject({
    username: 'ruzica@primer.example', enabled: false, emailVerified: false, attributes: { phone_number: ['+381 25 123 456'] },
  })
  const roles = await admin.get<{ name: string }[]>(`/users/${id}/role-mappings/realm`)
  expect(roles?.map(({ name }) => name)).toContain('citizen')
  expect(await admin.get<unknown[]>(`/users/${id}/credentials`)).toEqual([])
})

test('an address that somebody has is refused, whoever asks in whatever letters', async () => {
  await citizens.createPending(ruzica('taken@primer.example'), 'sombor/2')

  expect(await citizens.isTaken('TAKEN@primer.example')).toBe(true)
  expect(await citizens.isTaken('free@primer.example')).toBe(false)
  await expect(citizens.createPending(ruzica('taken@primer.example'), 'sombor/3')).rejects.toMatchObject({ code: 'account-exists' })
})

test('a password against the realm’s rules is refused and the account stays shut; a good one opens it', async () => {
  const id = await citizens.createPending(ruzica('opens@primer.example'), 'sombor/5')

  await expect(citizens.activate(id, 'kratka')).rejects.toMatchObject({ code: 'password-refused' })
  expect(await admin.get(`/users/${id}`)).toMatchObject({ enabled: false })
  await citizens.activate(id, 'duga reka kod Bezdana')

  const opened = await admin.get<{ attributes: Record<string, unknown> }>(`/users/${id}`)
  expect(opened).toMatchObject({ enabled: true, emailVerified: true, attributes: { phone_number: ['+381 25 123 456'] } })
  expect(opened?.attributes).not.toHaveProperty('registration')
})

test('what was never opened is removed, twice if need be; what was opened stays', async () => {
  const pending = await citizens.createPending(ruzica('goes@primer.example'), 'sombor/6')
  const opened = await citizens.createPending(ruzica('stays@primer.example'), 'sombor/7')
  await citizens.activate(opened, 'duga reka kod Bezdana')

  await citizens.deletePending(pending)
  await citizens.deletePending(pending)

  expect(await citizens.isTaken('goes@primer.example')).toBe(false)
  await expect(citizens.deletePending(opened)).rejects.toMatchObject({ code: 'registration-over' })
  expect(await citizens.isTaken('stays@primer.example')).toBe(true)
})
