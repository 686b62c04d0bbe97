import { expect, test } from 'vitest'
import { actorFrom, Claims } from '../../server/identity/claims.ts'

const claims = (given: object): Claims =>
  Claims.parse({ sub: 'user-1', sid: 'session-1', exp: 1_800_000_000, given_name: 'Ана', family_name: 'Ковач', ...given })

test('staff have the units of the town and the realm’s roles', () => {
  const ana = claims({
    groups: ['/sombor/registry', '/sombor/mail-room'],
    realm_access: { roles: ['registrar', 'offline_access', 'uma_authorization'] },
  })

  expect(actorFrom(ana, 'sombor', 'staff')).toEqual({
    kind: 'staff', id: 'user-1', name: 'Ана Ковач', level: 'password', roles: ['registrar'], units: ['registry', 'mail-room'],
  })
})

test('staff of one town are nobody in another, however alike its name', () => {
  const ana = claims({ groups: ['/sombor/registry'], realm_access: { roles: ['registrar', 'administrator'] } })

  for (const town of ['stara-zagora', 'sombor-2', 'som', '']) expect(actorFrom(ana, town, 'staff')).toBeUndefined()
})

test('a clerk who is also a citizen acts as the one they signed in as', () => {
  const both = claims({ groups: ['/sombor/registry'], realm_access: { roles: ['registrar', 'citizen'] } })

  expect(actorFrom(both, 'sombor', 'staff')).toMatchObject({ kind: 'staff' })
  expect(actorFrom(both, 'sombor', 'citizen')).toMatchObject({ kind: 'citizen', roles: [], units: [] })
  expect(actorFrom(both, 'stara-zagora', 'staff')).toMatchObject({ kind: 'citizen', roles: [] })
})

test('someone without any role of ours is nobody', () => {
  expect(actorFrom(claims({ realm_access: { roles: ['default-roles-salter'] } }), 'sombor', 'citizen')).toBeUndefined()
  expect(actorFrom(claims({ groups: ['/sombor/registry'] }), 'sombor', 'staff')).toBeUndefined()
})

test('only the level that was really reached counts, and a level that is not ours is no more than a password', () => {
  const realm_access = { roles: ['citizen'] }
  const level = (acr: string): string | undefined => actorFrom(claims({ acr, realm_access }), 'sombor', 'citizen')?.level

  expect(level('e-signature')).toBe('e-signature')
  for (const acr of ['password', '1', '2', 'anonymous', 'gold']) expect(level(acr)).toBe('password')
})
