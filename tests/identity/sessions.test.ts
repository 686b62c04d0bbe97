import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { anonymous, type Actor } from '../../server/identity/actor.ts'
import { endSessionsOf, findSession, openCodeSession, openLoginSession, touchSession } from '../../server/identity/sessions.ts'
import type { TenantDoor } from '../../server/identity/tenantDoor.ts'
import { caseWithTask } from '../support/filing.ts'
import { clerk, testTown, visitor, type TestTown } from '../support/town.ts'

let town: TestTown
let door: TenantDoor

beforeAll(async () => {
  town = await testTown()
  door = town.contextFor(anonymous)
})

afterAll(() => town.close())

const minuteMs = 60_000
const jovana: Actor = { ...anonymous, kind: 'citizen', id: 'jovana', name: 'Јована', level: 'password' }
const login = (actor: Actor, keycloakSession: string = uuidv7()) => openLoginSession(door, {
  actor,
  grant: '{"access_token":"a"}',
  keycloakSession,
})

test('a clerk who works every twenty minutes stays signed in, but for no longer than twelve hours', async () => {
  const cookie = await login(clerk(town, 'ana.kovac'))

  let worked = 0
  for (; worked < 60; worked++) {
    const session = await findSession(door, cookie, 'login')
    if (!session) break
    await touchSession(door, session)
    town.clock.advance(20 * minuteMs)
  }

  expect(worked).toBe(36) // 12 h of 20 minutes each
})

test('a citizen is signed out after an hour without a request', async () => {
  const cookie = await login(jovana)

  town.clock.advance(60 * minuteMs - 1)
  const before = await findSession(door, cookie, 'login')
  town.clock.advance(1)

  expect(before?.actor).toEqual(jovana)
  expect(await findSession(door, cookie, 'login')).toBeUndefined()
})

test('the grant comes back as it was, and the table keeps neither it nor the cookie in the open', async () => {
  const cookie = await login(jovana)

  const row = await door.db.transaction((trx) => trx('sessions').orderBy('created_at', 'desc').first())

  expect((await findSession(door, cookie, 'login'))?.grant).toBe('{"access_token":"a"}')
  expect(JSON.stringify(row)).not.toContain(cookie)
  expect((row as { grant_sealed: Buffer }).grant_sealed.toString('latin1')).not.toContain('access_token')
})

test('a code’s session opens its case for half an hour, and nothing that needs a login', async () => {
  const { case: filed } = await caseWithTask(town, town.contextFor(visitor()))
  const cookie = await openCodeSession(door, filed.id)

  expect((await findSession(door, cookie, 'code'))?.caseId).toBe(filed.id)
  expect(await findSession(door, cookie, 'login')).toBeUndefined()
  town.clock.advance(30 * minuteMs)
  expect(await findSession(door, cookie, 'code')).toBeUndefined()
})

test('a session of one town opens nothing in the next', async () => {
  const staraZagora = await town.neighbor('stara-zagora')
  const cookie = await login(clerk(town, 'ana.kovac'))

  expect(await findSession(staraZagora.contextFor(anonymous), cookie, 'login')).toBeUndefined()
})

test('when Keycloak’s session ends, all that began with it end, and no others', async () => {
  const [one, two, other] = [await login(jovana, 'k1'), await login(jovana, 'k1'), await login(jovana, 'k2')]

  const ended = await endSessionsOf(door, { sid: 'k1' })

  expect(ended).toBe(2)
  const living = await Promise.all([one, two, other].map((cookie) => findSession(door, cookie, 'login')))
  expect(living.map((session) => session !== undefined)).toEqual([false, false, true])
})
