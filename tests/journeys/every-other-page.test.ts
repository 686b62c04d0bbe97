import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { expectAccessible, newVisitor, openBrowser } from '../support/browser.ts'
import { startSystem, type System } from '../support/system.ts'

let system: System
let browser: Browser

beforeAll(async () => {
  ;[system, browser] = await Promise.all([startSystem(), openBrowser()])
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await system?.close()
})

// The pages no other journey leads through.
const pages = ['/', '/sombor/help', '/sombor/about', '/sombor/accessibility', '/sombor/signed-out', '/sombor/verify', '/sombor/no-such-page', '/sombor/inbox', '/sombor/counter', '/sombor/designer']

test.each([
  [360, false],
  [360, true],
  [1280, false],
  [1280, true],
])('every other page can be used by everyone at %i px, dark: %s', async (width, dark) => {
  const visitor = await newVisitor(browser, { width, dark })

  for (const path of pages) {
    await visitor.page.goto(system.url + path)
    await expectAccessible(visitor.page)
  }

  await visitor.close()
}, 120_000)

test('an address that is no town is told in words, and leads home', async () => {
  const visitor = await newVisitor(browser)

  const reply = await visitor.page.goto(`${system.url}/no-such-town/`)

  expect(reply?.status()).toBe(404)
  await expectAccessible(visitor.page)
  await visitor.close()
})
