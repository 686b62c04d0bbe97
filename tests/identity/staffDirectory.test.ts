import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../server/base/clock.ts'
import { startMailRelay, type MailRelay } from '../../server/channels/email/simulator.ts'
import { realmAdmin } from '../../server/identity/realmAdmin.ts'
import { peopleScope, serviceTokens } from '../../server/identity/serviceToken.ts'
import { staffDirectory, type StaffDirectory } from '../../server/identity/staffDirectory.ts'
import { freePort } from '../../server/launch/postgres.ts'
import { readMunicipalities } from '../../server/zeebe/municipality.ts'
import { testRealm } from '../support/keycloak.ts'

let mail: MailRelay
let staff: StaffDirectory

beforeAll(async () => {
  mail = await startMailRelay({ port: 0 })
  const smtp = { url: `smtp://127.0.0.1:${mail.port}`, from: 'salter@sombor.example' }
  const realm = await testRealm(`http://localhost:${await freePort()}`, await readMunicipalities('processes'), { smtp })
  const settings = { KEYCLOAK_URL: realm.url, KEYCLOAK_REALM: realm.realm, KEYCLOAK_SERVICE_SECRET: realm.serviceSecret }
  staff = staffDirectory(realmAdmin(settings, serviceTokens(settings, systemClock, peopleScope)))
}, 300_000)

afterAll(() => mail?.close())

const senta = (username: string) => ({
  username, givenName: 'Ljubica', familyName: 'Stokić', email: `${username}@senta.example`, roles: ['registrar', 'head'] as const, units: ['registry'],
})

test('who works in a town, with which roles and in which units, is told by Keycloak', async () => {
  const members = await staff.staffOf('sombor')

  expect(members).toHaveLength(10)
  expect(members.find(({ username }) => username === 'djordje.stancic')).toMatchObject({
    familyName: 'Станчић', roles: ['counter-clerk', 'village-office-clerk'], isEnabled: true, isInvited: false,
    units: expect.arrayContaining(['citizen-service', 'mail-room']),
  })
  expect(await staff.staffOf('nowhere')).toEqual([])
})

test('whoever is invited has roles and units, and a letter by which to choose a password', async () => {
  await staff.ensureUnits('senta', ['registry', 'mail-room'])
  await staff.ensureUnits('senta', ['registry', 'mail-room', 'taxes'])

  const id = await staff.invite('senta', senta('ljubica.stokic'), { language: 'sr-Latn' })

  expect(await staff.staffOf('senta')).toEqual([expect.objectContaining({ id, roles: ['registrar', 'head'], units: ['registry'], isInvited: true })])
  const [letter] = mail.mails().filter(({ to }) => to.includes('ljubica.stokic@senta.example'))
  expect(letter?.text).toContain('/login-actions/action-token')
  await expect(staff.invite('senta', senta('ljubica.stokic'), { language: 'bg' })).rejects.toMatchObject({ code: 'already-exists' })
})

test('roles and units are changed, an account is closed and opened, and whoever is of another town does not exist', async () => {
  await staff.ensureUnits('becej', ['registry', 'taxes'])
  const id = await staff.invite('becej', { ...senta('vera.sabo'), email: 'vera.sabo@becej.example' }, { language: 'hu' })

  await staff.change('becej', id, { roles: ['auditor'], units: ['taxes'] })
  await staff.change('becej', id, { isEnabled: false })

  expect(await staff.staffOf('becej')).toEqual([
    expect.objectContaining({ roles: ['auditor'], units: ['taxes'], isEnabled: false, givenName: 'Ljubica', email: 'vera.sabo@becej.example' }),
  ])
  await staff.change('becej', id, { isEnabled: true })
  expect((await staff.staffOf('becej'))[0]).toMatchObject({ isEnabled: true, roles: ['auditor'] })
  await expect(staff.change('sombor', id, { units: [] })).rejects.toMatchObject({ code: 'not-found' })
})

test('everybody may practice in the copy of the town; in a second real town, roles are not one town\'s to change', async () => {
  await staff.ensureUnits('ada', ['registry'])
  await staff.ensureUnits('ada-training', ['registry'])
  const id = await staff.invite('ada', { ...senta('ivan.nad'), email: 'ivan.nad@ada.example' }, { language: 'sr-Cyrl' })

  await staff.joinAll('ada', 'ada-training')

  expect((await staff.staffOf('ada-training')).map((each) => each.id)).toEqual([id])
  await expect(staff.change('ada', id, { roles: ['auditor'] })).rejects.toMatchObject({ code: 'works-in-another-town' })
  await staff.change('ada', id, { roles: ['auditor'] }, ['ada-training'])
  expect((await staff.staffOf('ada'))[0]?.roles).toEqual(['auditor'])
})

test('an account for practice has its password at once, writes to nobody, and made again it is the same one', async () => {
  await staff.ensureUnits('kanjiza-training', ['registry', 'mail-room'])
  const person = { ...senta('kanjiza-training.head'), email: 'head@kanjiza-training.example', roles: ['head'] as const, units: ['registry', 'mail-room'] }

  const id = await staff.ensurePractice('kanjiza-training', person, { password: 'ABCD-EFGH-JKMN', language: 'sr-Latn' })
  const again = await staff.ensurePractice('kanjiza-training', person, { password: 'PQRS-TVWX-YZ01', language: 'sr-Latn' })

  expect(again).toBe(id)
  expect(await staff.staffOf('kanjiza-training')).toEqual([
    expect.objectContaining({ id, username: 'kanjiza-training.head', roles: ['head'], isInvited: false, units: expect.arrayContaining(person.units) }),
  ])
  expect(mail.mails().filter(({ to }) => to.includes(person.email))).toEqual([])
})

test('an operator of the installation stays one, whatever a town gives or takes', async () => {
  const nikola = (await staff.staffOf('sombor')).find(({ username }) => username === 'nikola.duvnjak')!

  await staff.change('sombor', nikola.id, { roles: ['process-designer'] })

  expect((await staff.staffOf('sombor')).find(({ id }) => id === nikola.id)?.roles).toEqual(['process-designer', 'operator'])
})
