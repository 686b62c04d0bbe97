import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { staffRoles } from '../../server/identity/actor.ts'
import { languages } from '../../ui/shared/texts/languages.ts'
import { expectAccessible, newVisitor, openBrowser, signInAs, type Visitor } from '../support/browser.ts'
import { pdfPages } from '../support/pdfText.ts'
import { startSystem, type System } from '../support/system.ts'
import { words, type Words } from '../support/words.ts'

let system: System
let browser: Browser
let latin: Words

beforeAll(async () => {
  ;[system, browser, latin] = await Promise.all([startSystem(), openBrowser(), words('sr-Latn', 'rs')])
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await system?.close()
})

async function signIn(tenant: string, username: string, password?: string): Promise<Visitor> {
  const visitor = await newVisitor(browser, { width: 1280, height: 860 })
  await visitor.page.goto(`${system.url}/${tenant}/sign-in?${new URLSearchParams({ as: 'staff', return: `/${tenant}/inbox` })}`)
  await signInAs(visitor.page, username, password)
  await visitor.page.locator('.rail').waitFor()
  return visitor
}

async function speak(page: Page, language: string): Promise<void> {
  await page.evaluate((wanted) => localStorage.setItem('salter.language', wanted), language)
}

test('an administrator makes the copy, sees it fill, and a colleague practises there with an account of it', async () => {
  const mailsBefore = system.mail.mails().length
  const { page, close } = await signIn('sombor', 'nikola.duvnjak')
  const ui = (key: string): string => latin.ui(`inbox.town.training.${key}`)
  await page.goto(`${system.url}/sombor/inbox/town`)
  const panel = page.locator('section[aria-labelledby="town-training"]')

  await panel.getByRole('button', { name: ui('make') }).click()
  await panel.getByRole('button', { name: ui('again') }).waitFor({ timeout: 240_000 })

  expect(await panel.getByRole('status').innerText()).toContain(latin.ui('inbox.town.training.phases.done', { filed: 60 }))
  const password = await panel.locator('.secret').innerText()
  await expectAccessible(page)
  await close()

  const colleague = await signIn('sombor-training', 'sombor-training.case-clerk', password)
  await colleague.page.goto(`${system.url}/sombor-training/inbox?list=unit`)
  await colleague.page.locator('.training-mark').waitFor()
  await colleague.page.locator('main').getByText(/TEST-/).first().waitFor()
  await expectAccessible(colleague.page)
  // Of the copy and of no other town.
  await colleague.page.goto(`${system.url}/sombor/inbox`)
  await colleague.page.locator('.door-page').waitFor()
  await colleague.close()
  expect(system.mail.mails().length).toBe(mailsBefore)
}, 300_000)

test('a new colleague reads their guide: by the top bar, by a key, from a phone, and on one sheet of paper', async () => {
  const { page, close } = await signIn('sombor', 'ana.kovac')

  await page.keyboard.press('F1')
  await page.waitForURL('**/inbox/help')
  await page.locator('.guide-words').first().waitFor()
  expect(await page.locator('article.guide h2').allInnerTexts()).toEqual([latin.ui('inbox.roles.case-clerk'), latin.ui('inbox.roles.registrar')])
  await expectAccessible(page)
  await page.goto(`${system.url}/sombor/inbox`)
  await page.getByRole('button', { name: latin.ui('inbox.help.menu'), exact: true }).click()
  await page.getByRole('link', { name: latin.ui('inbox.help.title') }).click()
  await page.getByText(latin.ui('inbox.roles.head'), { exact: true }).click()
  await page.locator('details[open] .guide-words').waitFor()
  for (const [width, colorScheme] of [[360, 'light'], [360, 'dark'], [1280, 'dark']] as const) {
    await page.setViewportSize({ width, height: 800 })
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await expectAccessible(page)
  }
  await close()
}, 120_000)

test('each guide is one sheet of paper in each language', async () => {
  const { page, close } = await signIn('sombor', 'nikola.duvnjak')
  const sheets: Record<string, number> = {}

  for (const language of languages) {
    await speak(page, language)
    for (const role of staffRoles) {
      await page.goto(`${system.url}/sombor/inbox/help?of=${role}`)
      await page.locator('.guide-rights').waitFor()
      sheets[`${language} ${role}`] = (await pdfPages(await page.pdf({ preferCSSPageSize: true }))).length
    }
    await page.goto(`${system.url}/sombor/help`)
    await page.locator('.guide-words').waitFor()
    sheets[`${language} citizen`] = (await pdfPages(await page.pdf({ preferCSSPageSize: true }))).length
  }

  expect(Object.keys(sheets)).toHaveLength(languages.length * (staffRoles.length + 1))
  expect(Object.entries(sheets).filter(([, pages]) => pages !== 1)).toEqual([])
  await close()
}, 400_000)
