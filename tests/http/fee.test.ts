import { afterAll, beforeAll, expect, test } from 'vitest'
import { ForetoldFee } from '../../server/http/contract/catalogue.ts'
import { extract } from '../support/filing.ts'
import { testTown, type TestTown } from '../support/town.ts'
import { testWeb, type Browser, type TestWeb } from '../support/web.ts'

let town: TestTown
let web: TestWeb

beforeAll(async () => {
  town = await testTown()
  web = await testWeb(town)
})

afterAll(async () => {
  await web.close()
  await town.close()
})

const ask = <Reply>(browser: Browser, request: object, procedure = 'register-extract') =>
  browser.change<Reply>('POST', `/procedures/${procedure}/fee`, request)
const paper = { ...extract().answers, medium: 'paper', purpose: 'general', copies: 2 }

test('anybody may ask what answers cost, before signing in and without filing anything', async () => {
  const browser = await web.browser()

  const { status, body } = await ask(browser, { answers: paper, anonymous: false })

  expect(status).toBe(200)
  expect(ForetoldFee.parse(body).fee?.amount).toEqual({ minor: 104_000, currency: 'RSD' })
})

test('half-way through the form the fee is not known, and that is no error', async () => {
  const browser = await web.browser()

  const { status, body } = await ask(browser, { answers: { medium: 'paper' }, anonymous: false })

  expect([status, body]).toEqual([200, { fee: null }])
})

test('a procedure the town does not have is not found, and answers that are none are refused', async () => {
  const browser = await web.browser()

  const unknown = await ask(browser, { answers: {}, anonymous: false }, 'social-aid')
  const senseless = await ask(browser, { answers: 'paper', anonymous: false })

  expect(unknown).toMatchObject({ status: 404, body: { code: 'procedure-not-offered' } })
  expect(senseless).toMatchObject({ status: 400, body: { code: 'request-not-understood' } })
})
