import { afterAll, beforeAll, expect, test } from 'vitest'
import { copyOf } from '../../server/cases/towns/trainingCopy.ts'
import { testTown, type TestTown } from '../support/town.ts'
import { Browser, testWeb, type TestWeb } from '../support/web.ts'
import { makeCode } from './routes.fixture.ts'

let town: TestTown
let copy: TestTown
let web: TestWeb

beforeAll(async () => {
  town = await testTown()
  copy = await town.neighbor(copyOf(town.tenant))
  web = await testWeb(town, { others: [copy] })
})

afterAll(async () => {
  await web.close()
  await town.close()
})

test('whoever checks a paper of a copy for practice is told that it is one, and a paper of the town is none', async () => {
  const [practice, real] = [await makeCode(copy), await makeCode(town)]

  const ofCopy = await new Browser(web.url, copy.tenant.id).get(`/verify/${practice.code}`)
  const ofTown = await new Browser(web.url, town.tenant.id).get(`/verify/${real.code}`)

  expect(ofCopy.body).toMatchObject({ genuine: true, training: true, number: expect.stringMatching(/^TEST-/) })
  expect(ofTown.body).toMatchObject({ genuine: true, training: false })
  // The town itself knows nothing of it.
  expect((await new Browser(web.url, town.tenant.id).get(`/verify/${practice.code}`)).body).toMatchObject({ genuine: false })
})
