import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, newVisitor, openBrowser, signInAs } from '../support/browser.ts'
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

test('an operator adds a municipality on a page; its administrator chooses a password and invites a clerk, who finds an inbox', async () => {
  const ui = (key: string): string => latin.ui(`inbox.town.${key}`)
  const operator = await newVisitor(browser, { width: 1280, height: 900 })
  const { page } = operator
  await page.goto(`${system.url}/sombor/sign-in?${new URLSearchParams({ as: 'staff', return: '/sombor/inbox/town' })}`)
  await signInAs(page, 'nikola.duvnjak')
  await page.getByRole('link', { name: ui('new.title') }).click()
  await page.locator('#new-country').selectOption('ba')
  await page.getByRole('button', { name: ui('new.add') }).click()
  await page.getByRole('alert').waitFor()
  await expectAccessible(page)
  const town = { name: 'Opština Derventa', place: 'Derventa', address: 'Trg oslobođenja 3', phone: '053 111 000', email: 'pisarnica@derventa.example' }
  for (const [field, text] of Object.entries(town)) await page.locator(`#new-${field}`).fill(text)
  const person = { givenName: 'Mira', familyName: 'Savić', email: 'mira.savic@derventa.example' }
  for (const [field, text] of Object.entries(person)) await page.locator(`#new-administrator-${field}`).fill(text)

  await page.getByRole('button', { name: ui('new.add') }).click()

  await page.getByText(ui('new.added').replace('{name}', town.name)).waitFor()
  await operator.close()

  const administrator = await newVisitor(browser, { width: 1280, height: 900 })
  const mira = administrator.page
  await mira.goto(linkIn((await system.mailTo(person.email)).text))
  await choosePassword(mira, 'Derventa-2026-lozinka')
  await mira.goto(`${system.url}/derventa/sign-in?${new URLSearchParams({ as: 'staff', return: '/derventa/inbox/town' })}`)
  await signInAs(mira, 'mira.savic', 'Derventa-2026-lozinka')
  await mira.getByRole('heading', { name: ui('title') }).waitFor()
  expect(await mira.getByRole('link', { name: ui('new.title') }).count()).toBe(0)
  await mira.getByRole('button', { name: ui('people.invite') }).click()
  await mira.getByLabel(ui('people.givenName'), { exact: true }).fill('Goran')
  await mira.getByLabel(ui('people.familyName'), { exact: true }).fill('Simić')
  await mira.locator('form.mend').getByLabel(ui('people.email')).fill('goran.simic@derventa.example')
  await mira.getByLabel(latin.ui('inbox.roles.case-clerk')).check()
  await mira.locator('form.mend').getByLabel('Uslužni centar').check()
  await expectAccessible(mira)
  await mira.getByRole('button', { name: ui('people.sendInvitation') }).click()
  await mira.locator('.people').getByText('goran.simic', { exact: false }).first().waitFor()
  await mira.locator('input[type=color]').fill('#1f4e8c')
  await mira.locator('section[aria-labelledby="town-looks"]').getByRole('button', { name: ui('save') }).click()
  await mira.waitForFunction(() => document.documentElement.style.getPropertyValue('--town-mark').toLowerCase() === '#1f4e8c')
  await administrator.close()

  const clerk = await newVisitor(browser, { width: 360, height: 800 })
  await clerk.page.goto(linkIn((await system.mailTo('goran.simic@derventa.example')).text))
  await choosePassword(clerk.page, 'Goran-2026-lozinka')
  await clerk.page.goto(`${system.url}/derventa/sign-in?${new URLSearchParams({ as: 'staff', return: '/derventa/inbox' })}`)
  await signInAs(clerk.page, 'goran.simic', 'Goran-2026-lozinka')
  await clerk.page.waitForURL(/\/derventa\/inbox/)
  await clerk.page.goto(`${system.url}/derventa/`)
  await clerk.page.getByText('Opština Derventa').first().waitFor()
  await expectAccessible(clerk.page)
  await clerk.close()
}, 240_000)

test('a copy for practice is marked on every page, and nobody gets a letter from it', async () => {
  const ui = (key: string): string => latin.ui(`inbox.town.training.${key}`)
  const visitor = await newVisitor(browser, { width: 1280, height: 900 })
  const { page } = visitor
  await page.goto(`${system.url}/sombor/sign-in?${new URLSearchParams({ as: 'staff', return: '/sombor/inbox/town' })}`)
  await signInAs(page, 'nikola.duvnjak')

  await page.getByRole('button', { name: ui('make') }).click()

  await page.getByRole('link', { name: ui('portal') }).click()
  await page.getByText(latin.ui('shared.training.mark'), { exact: true }).waitFor()
  await expectAccessible(page)
  expect(await page.request.get(`${system.url}/api/towns`).then((reply) => reply.text())).not.toContain('training')
  await visitor.close()
}, 120_000)

function linkIn(text: string): string {
  const [link] = /https?:\/\/\S+action-token\S+/.exec(text) ?? []
  if (!link) throw new Error('Expected a link to choose a password in the letter')
  return link
}

/** Keycloak's own pages: that one goes on, then a password twice. */
async function choosePassword(page: import('playwright-core').Page, password: string): Promise<void> {
  await page.locator('a[href*="action-token"], a[href*="login-actions"]').first().click()
  await page.locator('#password-new').fill(password)
  await page.locator('#password-confirm').fill(password)
  await page.locator('input[type=submit], button[type=submit]').first().click()
  await page.locator('#password-new').waitFor({ state: 'detached' })
}
