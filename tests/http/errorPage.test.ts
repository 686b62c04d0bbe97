import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { expectAccessible, newVisitor, openBrowser } from '../support/browser.ts'
import { testTown, type TestTown } from '../support/town.ts'
import { testWeb, type TestWeb } from '../support/web.ts'

let town: TestTown
let web: TestWeb
let browser: Browser

beforeAll(async () => {
  town = await testTown()
  web = await testWeb(town)
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
  await web.close()
  await town.close()
})

test.each([false, true])('the page for a login that failed can be read by everyone (dark: %s)', async (dark) => {
  const visitor = await newVisitor(browser, { dark, locale: 'ro-RO' })

  await visitor.page.goto(`${web.url}/sign-in/callback?state=unknown`)

  await expectAccessible(visitor.page)
  expect(await visitor.page.locator('h1').textContent()).toBe('Autentificarea a durat prea mult')
  await visitor.close()
})
