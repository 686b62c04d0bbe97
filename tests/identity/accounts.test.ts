import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCase } from '../../server/cases/openCase.ts'
import { accountOf, knownContact } from '../../server/identity/accounts.ts'
import { anonymous } from '../../server/identity/actor.ts'
import { Claims } from '../../server/identity/claims.ts'
import type { TenantDoor } from '../../server/identity/tenantDoor.ts'
import { marko, petition } from '../support/filing.ts'
import { testTown, type TestTown } from '../support/town.ts'

let town: TestTown
let door: TenantDoor

beforeAll(async () => {
  town = await testTown()
  door = town.contextFor(anonymous)
})

afterAll(() => town.close())

const jovana = (given: object = {}): Claims =>
  Claims.parse({
    sub: 'jovana', sid: 'session', exp: 1, given_name: 'Јована', family_name: 'Маринковић', email: 'jovana@primer.example',
    phone_number: '060 111 000', address: { formatted: 'Трг цара Уроша 1, Сомбор' }, personal_number: '2307990855035', ...given,
  })

const nothingTold = { given_name: '', family_name: '', email: '', phone_number: '', address: { formatted: '' }, personal_number: '' }

test('the first login makes an account and a person, whose number is kept as a hash and a mask only', async () => {
  const { personId } = await accountOf(door, jovana(), 'sr-Latn')

  const row = await door.db.transaction((trx) => trx('people').where({ id: personId }).first())
  expect(JSON.stringify(row)).not.toContain('2307990855035')
  expect(await knownContact(door, personId)).toEqual({
    givenName: 'Јована', familyName: 'Маринковић', email: 'jovana@primer.example', phone: '060 111 000',
    address: 'Трг цара Уроша 1, Сомбор', personalNumberMask: '••••••••••\u00a0035', identityConfirmedAt: null,
  })
})

test('two first logins at once make one account', async () => {
  const twice = await Promise.all([1, 2].map(() => accountOf(door, jovana({ sub: 'twice', personal_number: '' }), 'sr-Latn')))

  expect(twice[0]).toEqual(twice[1])
})

test('a second account with the same proven number is the same person', async () => {
  const first = await accountOf(door, jovana({ sub: 'with password', personal_number: '3112985899995' }), 'sr-Latn')
  const second = await accountOf(door, jovana({ sub: 'with e-signature', personal_number: '3112985899995' }), 'sr-Latn')

  expect(second.accountId).not.toBe(first.accountId)
  expect(second.personId).toBe(first.personId)
})

test('what Keycloak no longer says stays as the town knows it; what it says anew is taken over', async () => {
  const { personId } = await accountOf(door, jovana({ sub: 'moved', personal_number: '' }), 'sr-Latn')

  await accountOf(door, jovana({
    sub: 'moved',
    personal_number: '',
    phone_number: '',
    address: { formatted: 'Венац 3, Сомбор' },
  }), 'sr-Latn')

  expect(await knownContact(door, personId)).toMatchObject({ phone: '060 111 000', address: 'Венац 3, Сомбор' })
})

test('the first login of someone known from the counter takes nothing away that Keycloak does not say', async () => {
  const counter = town.contextFor({ ...anonymous, kind: 'staff', id: 'user-counter', roles: ['counter-clerk'], units: ['citizen-service'] })
  const djordje = { givenName: 'Ђорђе', familyName: 'Станчић', number: '0101990715017', email: 'djordje@primer.example' }
  const applicant = { ...marko, ...djordje, phone: '025 222 333', address: 'Венац 5' }
  const { case: filed } = await openCase(counter, petition({ channel: 'counter', applicant }))

  const { personId } = await accountOf(door, jovana({ ...nothingTold, sub: 'djordje', personal_number: djordje.number }), 'sr-Latn')

  expect(personId).toBe(filed.applicantId)
  expect(await knownContact(door, personId)).toMatchObject({
    givenName: 'Ђорђе', familyName: 'Станчић', email: 'djordje@primer.example', phone: '025 222 333', address: 'Венац 5',
  })
})

test('a login that says nothing but who it is opens the account again and again', async () => {
  const bare = jovana({ ...nothingTold, sub: 'bare', preferred_username: 'bare' })

  expect(await accountOf(door, bare, 'ro')).toEqual(await accountOf(door, bare, 'ro'))
})
