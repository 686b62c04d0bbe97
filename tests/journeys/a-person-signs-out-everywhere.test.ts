import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { expectAccessible, newVisitor, openBrowser, signInAs, type Visitor } from '../support/browser.ts'
import { oneTimeCode } from '../support/oneTimeCode.ts'
import { realLogin, type RealLogin } from '../support/realLogin.ts'
import { words, type Words } from '../support/words.ts'

let login: RealLogin
let browser: Browser
let latin: Words

beforeAll(async () => {
  ;[login, browser, latin] = await Promise.all([realLogin({ uiDir: 'dist/ui' }), openBrowser(), words('sr-Latn', 'rs')])
  login.setClock()
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await login?.close()
})

async function signIn(path: string, username: string, options: Parameters<typeof newVisitor>[1] = {}): Promise<Visitor> {
  const visitor = await newVisitor(browser, options)
  await visitor.page.goto(`${login.publicUrl}/sombor/sign-in?language=sr-Latn&as=${path.includes('inbox') ? 'staff' : 'citizen'}&return=${path}`)
  await signInAs(visitor.page, username)
  return visitor
}

const button = (page: Page, key: string) => page.getByRole('button', { name: latin.ui(key) })

test('a citizen sees both devices, ends one from the other, and then signs out everywhere', async () => {
  const desk = await signIn('/sombor/', 'jovana.marinkovic', { width: 1280 })
  const phone = await signIn('/sombor/', 'jovana.marinkovic', { dark: true })

  // from the menu, as a person finds it
  await phone.page.getByRole('button', { name: latin.ui('portal.nav.account') }).click()
  await phone.page.getByRole('link', { name: latin.ui('portal.account.title') }).click()
  await phone.page.getByRole('heading', { name: latin.ui('signIns.where') }).waitFor()
  await expect.poll(() => phone.page.locator('.places').first().locator('li').count(), { timeout: 15_000 }).toBe(2)
  await expectAccessible(phone.page)
  expect(await phone.page.locator('.places li').first().innerText()).toContain('Chrome · Linux')
  await button(phone.page, 'signIns.end').first().click()
  await expect.poll(() => phone.page.locator('.places').first().locator('li').count(), { timeout: 15_000 }).toBe(1)
  await desk.page.goto(`${login.publicUrl}/sombor/account`)
  await desk.page.getByText(latin.ui('errors.not-signed-in')).waitFor()
  await expectAccessible(desk.page)

  await button(phone.page, 'signIns.endAll').click()
  await phone.page.waitForURL(`${login.publicUrl}/sombor/`)
  await phone.page.getByRole('link', { name: latin.ui('shared.signIn') }).first().waitFor()
  await Promise.all([desk.close(), phone.close()])
}, 90_000)

test('an employee adds a code app of their own accord, and is asked for its code from then on', async () => {
  const ana = await signIn('/sombor/inbox', 'ana.kovac', { width: 1280, height: 860 })
  await ana.page.locator('.face').click()
  await ana.page.getByRole('link', { name: latin.ui('signIns.title') }).click()
  await ana.page.waitForURL('**/inbox/account')
  await ana.page.locator('.places li').first().waitFor()
  await expectAccessible(ana.page)
  await ana.page.getByRole('link', { name: latin.ui('signIns.ways.app.name') }).click()
  const secret = ana.page.locator('#kc-totp-secret-key')
  await secret.waitFor({ state: 'attached' })
  await ana.page.locator('#totp').fill(oneTimeCode((await secret.textContent())!, Date.now()))
  await ana.page.locator('#saveTOTPBtn').click()
  await ana.page.locator('#kcRecoveryCodesConfirmationCheck').check()
  await ana.page.locator('#saveRecoveryAuthnCodesBtn').click()
  await ana.page.waitForURL('**/inbox/account')
  await ana.close()

  const later = await newVisitor(browser)
  await later.page.goto(`${login.publicUrl}/sombor/sign-in?as=staff&return=/sombor/inbox`)
  await later.page.locator('#username').fill('ana.kovac')
  await later.page.locator('#password').fill(login.realm.password)
  await later.page.locator('#kc-login').click()
  await later.page.locator('#otp').waitFor()
  expect(later.page.url()).toContain('/realms/')
  await later.close()
}, 90_000)
