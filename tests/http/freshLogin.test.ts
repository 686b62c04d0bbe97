import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshLogins, type FreshDeed } from '../../server/cases/rights/freshLogins.ts'
import { anonymous, type Actor } from '../../server/identity/actor.ts'
import { caseWithTask, extract } from '../support/filing.ts'
import { citizen, clerk, testTown, type TestTown } from '../support/town.ts'
import { testWeb, type TestWeb } from '../support/web.ts'

let town: TestTown
let web: TestWeb
let caseId: string
let jovana: Actor

beforeAll(async () => {
  town = await testTown()
  web = await testWeb(town)
  jovana = await citizen(town)
  caseId = (await caseWithTask(town, town.contextFor(jovana), extract())).case.id
})

afterAll(async () => {
  await web.close()
  await town.close()
})

/** Each deed of the table as a page asks for it, by somebody who may do it; what it answers where nothing is in the way. */
const deeds = (): Readonly<Record<FreshDeed, { actor: Actor; path: string; body: object; done: number; method?: 'DELETE' }>> => ({
  'number.show': {
    actor: clerk(town, 'boris.njegovan'), path: `/inbox/cases/${caseId}/number`, body: { field: 'personalNumber', why: 'identify' }, done: 200,
  },
  'tenant.administer': { actor: clerk(town, 'nikola.duvnjak'), path: '/inbox/town', body: { color: '#1B6F7C' }, done: 200 },
  'tenant.add': {
    actor: { ...anonymous, kind: 'staff', id: 'keeper', name: 'keeper', level: 'password', roles: ['operator'] }, path: '/inbox/towns', body: {}, done: 400,
  },
  'sign-ins.end': { actor: jovana, path: `/me/sign-ins/${'a'.repeat(43)}`, body: {}, done: 404, method: 'DELETE' },
})

test.each(Object.keys(freshLogins) as FreshDeed[])('“%s” asks for a login of late, and says of how late', async (deed) => {
  const { actor, path, body, done, method = 'POST' } = deeds()[deed]
  const minutes = freshLogins[deed]
  const askedBy = async (provedAtMs: number | undefined) => (await web.browser({ ...actor, provedAtMs })).change(method, path, method === 'POST' ? body : undefined)

  const [lately, longAgo, nobodyKnows] = await Promise.all(
    [town.clock.now() - minutes * 60_000, town.clock.now() - minutes * 60_000 - 1, undefined].map(askedBy),
  )

  expect(lately!.status).toBe(done)
  for (const refused of [longAgo!, nobodyKnows!]) {
    expect(refused.status).toBe(403)
    expect(refused.body).toMatchObject({ code: 'login-too-old', facts: { minutes } })
  }
})

test('a copy for practice is emptied by whoever has proved lately who they are', async () => {
  const browser = await web.browser({ ...clerk(town, 'nikola.duvnjak'), provedAtMs: 0 })

  expect((await browser.change('POST', '/inbox/town/training/fill')).body).toMatchObject({ code: 'login-too-old' })
})

test('who looks on needs no login of late', async () => {
  const browser = await web.browser({ ...clerk(town, 'nikola.duvnjak'), provedAtMs: 0 })

  expect((await browser.get('/inbox/town')).status).toBe(200)
})
