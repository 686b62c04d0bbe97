import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeLog } from '../../server/base/log.ts'
import type { Receipt } from '../../server/http/contract/cases.ts'
import { anonymous } from '../../server/identity/actor.ts'
import type { Keycloak } from '../../server/identity/keycloak.ts'
import { marko, petition } from '../support/filing.ts'
import { citizen, testTown, type TestTown } from '../support/town.ts'
import { testWeb, type Browser, type TestWeb } from '../support/web.ts'

let town: TestTown
let web: TestWeb
const lines: string[] = []

// Nobody signs in here: Keycloak is where the browser would be sent.
const keycloak = {
  signInUrl: ({ state }: { state: string }) => `http://keycloak.example/auth?state=${state}`,
  isStale: () => false,
} as unknown as Keycloak

beforeAll(async () => {
  town = await testTown()
  web = await testWeb(town, { keycloak, neighbors: { log: makeLog({}, (line) => lines.push(line)) } })
})

afterAll(async () => {
  await web.close()
  await town.close()
})

const auditOf = (action: string): Promise<{ subject: string; actor: string; facts: { times: number; networks: number } }[]> =>
  town.contextFor(anonymous).db.transaction((trx) => trx('audit_entries').where({ action }).orderBy('sequence'))

/** Where the browser ends up after turning back at the login: the path that was asked for, if it is ours. */
async function returned(path: string): Promise<string> {
  const browser = await web.browser()
  const asked = await browser.fetch(`/sombor/sign-in?return=${encodeURIComponent(path)}`)
  const state = new URL(asked.headers.get('location')!).searchParams.get('state')!
  const back = await browser.fetch(`/sign-in/callback?state=${encodeURIComponent(state)}&error=access_denied`)
  return back.headers.get('location')!
}

test.each([
  'https://evil.example/sombor/', '//evil.example/sombor/', '///evil.example/sombor/', '/\\evil.example/sombor/', '\\\\evil.example\\sombor\\',
  '/\t/evil.example/sombor/', ' //evil.example/sombor/', '/sombor/../../evil', '/sombor/..//evil.example', '/sombor/%2e%2e//evil.example',
  '/sombor/%2e%2e/stara-zagora/', '/stara-zagora/', '/sombor', '/somborx/', 'javascript:alert(1)', 'JaVaScRiPt:alert(1)//sombor/', 'data:text/html,x',
  'http:evil.example', 'http:/evil.example', 'https:sombor/', 'http://salter.example@evil.example/sombor/', 'http://salter.example.evil.example/sombor/',
  '//salter.example:81/sombor/', 'ftp://salter.example/sombor/', '', '%2f%2fevil.example', '/%2f/evil.example', '/%5cevil.example',
])('a login does not lead to %j', async (path) => {
  expect(await returned(path)).toBe('/sombor/')
})

test.each([
  ['/sombor/my', '/sombor/my'],
  ['/sombor/services/petition/apply?step=2#subject', '/sombor/services/petition/apply?step=2#subject'],
  ['http://salter.example/sombor/my', '/sombor/my'],
  ['/sombor//evil.example', '/sombor//evil.example'],
  ['/sombor/\\evil.example', '/sombor//evil.example'],
])('a login leads back to %j of the same town', async (path, place) => {
  const location = await returned(path)

  expect(location).toBe(place)
  expect(new URL(location, 'http://salter.example').origin).toBe('http://salter.example')
})

test('no page elsewhere signs a person out, here or everywhere, or ends a login of theirs', async () => {
  const browser = await web.browser(await citizen(town))
  const { body: { formToken } } = await browser.get<{ formToken: string }>('/me')
  const { body: { signIns } } = await browser.get<{ signIns: { id: string }[] }>('/me/sign-ins')
  const changes = [['POST', '/sombor/sign-out'], ['POST', '/sombor/sign-out-everywhere'], ['DELETE', `/api/sombor/me/sign-ins/${signIns[0]!.id}`]] as const
  const send = async (method: string, path: string, token: string | undefined, headers: Record<string, string> = {}): Promise<number> => {
    browser.token = token
    return (await browser.fetch(path, { method, headers })).status
  }

  for (const [method, path] of changes) {
    expect(await send(method, path, undefined), path).toBe(403)
    expect(await send(method, path, 'x'.repeat(43)), path).toBe(403)
    expect(await send(method, path, formToken, { 'sec-fetch-site': 'cross-site' }), path).toBe(403)
    expect(await send(method, path, formToken, { 'sec-fetch-site': 'same-site' }), path).toBe(403)
  }

  expect((await browser.get<{ signedIn: boolean }>('/me')).body.signedIn).toBe(true)
})

test('ten thousand wrong codes: ten a minute are looked at, the right one too is refused by then, and all are counted, logged and in the audit', { timeout: 120_000 }, async () => {
  const { body: receipt } = await (await web.browser()).change<Receipt>('POST', '/cases', petition({ applicant: marko }))
  const guesser = await web.browser()
  await guesser.get('/me')
  const guess = async (code: string): Promise<number> => (await guesser.change('POST', '/status', { number: receipt.number, code })).status
  const startedAt = Date.now()

  const answers: number[] = []
  for (let at = 0; at < 10_000; at += 50) {
    answers.push(...await Promise.all(Array.from({ length: 50 }, (_, each) => guess(String(at + each).padStart(10, '0')))))
  }
  const minutes = Math.floor((Date.now() - startedAt) / 60_000) + 1
  const looked = answers.filter((status) => status === 404).length
  town.clock.advance(60_000)

  expect(new Set(answers)).toEqual(new Set([404, 429]))
  expect(looked).toBeGreaterThanOrEqual(10)
  expect(looked).toBeLessThanOrEqual(10 * minutes)
  if (minutes === 1) expect(await guess(receipt.code)).toBe(429)
  await expect.poll(async () => (await auditOf('door.refuse')).length, { timeout: 15_000 }).toBeGreaterThanOrEqual(2)
  const entries = await auditOf('door.refuse')
  const timesOf = (code: string): number => entries.filter(({ subject }) => subject === code).reduce((sum, { facts }) => sum + facts.times, 0)
  expect(timesOf('number-or-code-wrong')).toBe(looked)
  expect(timesOf('too-many-attempts')).toBe(10_000 - looked)
  expect(entries.every(({ actor, facts }) => actor === 'system:door' && facts.networks === 1)).toBe(true)
  const logged = lines.filter((line) => line.includes('"tries-refused"'))
  expect(logged.length).toBeGreaterThanOrEqual(2)
  expect(logged.join()).not.toContain('127.0.0.1')
})

test('forged answers of Keycloak are counted for the town they name, in one entry', async () => {
  const forge = async (browser: Browser): Promise<number> =>
    (await browser.fetch('/sign-in/callback?state=forged-forged-forged.sombor&code=stolen')).status
  const browser = await web.browser()

  const statuses = await Promise.all(Array.from({ length: 40 }, () => forge(browser)))
  town.clock.advance(60_000)

  expect(new Set(statuses)).toEqual(new Set([403]))
  await expect.poll(async () => (await auditOf('door.refuse')).filter(({ subject }) => subject === 'sign-in-expired'), { timeout: 15_000 })
    .toMatchObject([{ facts: { times: 40, networks: 1 } }])
})

test('whoever hammers the way to Keycloak is told to wait', async () => {
  const hammered = await testWeb(town, { keycloak })
  const browser = await hammered.browser()

  const statuses = await Promise.all(Array.from({ length: 1220 }, async () => (await browser.fetch('/sombor/sign-in')).status))

  await hammered.close()
  expect(statuses.filter((status) => status === 302)).toHaveLength(1200)
  expect(statuses.filter((status) => status === 429)).toHaveLength(20)
})
