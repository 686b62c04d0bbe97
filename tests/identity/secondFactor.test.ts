import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { staffRoles } from '../../server/identity/actor.ts'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { readSecondFactorRoles } from '../../server/launch/realm/secondFactor.ts'
import { expectAccessible, newVisitor, openBrowser } from '../support/browser.ts'
import { oneTimeCode } from '../support/oneTimeCode.ts'
import { realLogin, type RealLogin } from '../support/realLogin.ts'

let login: RealLogin
let browser: Browser

beforeAll(async () => {
  login = await realLogin({ secondFactor: readSecondFactorRoles('head=key, case-clerk') })
  browser = await openBrowser()
}, 300_000)

beforeEach(() => login.setClock())

afterAll(async () => {
  await browser?.close()
  await login?.close()
})

test('the code of an app is that of RFC 6238', () => {
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' // "12345678901234567890", appendix B, the last six of eight digits

  expect([59, 1_111_111_109, 20_000_000_000].map((seconds) => oneTimeCode(secret, seconds * 1000))).toEqual(['287082', '081804', '353130'])
})

test('the setting names roles, and says which words it does not know', () => {
  expect(readSecondFactorRoles(' head=key ,case-clerk,')).toEqual({ head: 'security-key', 'case-clerk': 'second-factor' })
  expect([readSecondFactorRoles(''), readSecondFactorRoles('none')]).toEqual([{}, {}])
  expect(Object.keys(readSecondFactorRoles('staff'))).toEqual([...staffRoles])
  expect(readSecondFactorRoles('head=key, staff').head).toBe('security-key')
  expect(() => readSecondFactorRoles('boss, head=phone')).toThrow('boss, head=phone')
})

test('a clerk whose role needs it sets an app up at the first login, and is asked for its code at every other', async () => {
  const { page, close } = await newVisitor(browser, { width: 360 })
  await password(page, 'milica.jovin')

  await page.getByRole('heading', { name: 'Postavite drugi korak' }).waitFor()
  await expectAccessible(page)
  await page.getByText('Slika ne može da se očita').click()
  const secret = (await page.locator('#kc-totp-secret-key').textContent())!
  await page.locator('#totp').fill('000000')
  await page.locator('#saveTOTPBtn').click()
  await page.getByRole('alert').filter({ hasText: 'Kod nije tačan' }).waitFor()
  await page.locator('#totp').fill(oneTimeCode(secret, Date.now()))
  await page.locator('#saveTOTPBtn').click()
  await page.getByRole('heading', { name: 'Rezervni kodovi' }).waitFor()
  await expectAccessible(page)
  const reserve = await page.locator('#kc-recovery-codes-list li').allTextContents()
  const [file] = await Promise.all([page.waitForEvent('download'), page.locator('#downloadRecoveryCodes').click()])
  await page.getByLabel('Kodovi su odštampani ili sačuvani').check()
  await Promise.all([page.waitForURL(/\/sombor\/my$/), page.locator('#saveRecoveryAuthnCodesBtn').click()])
  await close()

  expect(file.suggestedFilename()).toBe('rezervni-kodovi.txt')
  expect(reserve).toHaveLength(12)

  const later = await newVisitor(browser)
  await password(later.page, 'milica.jovin')
  await later.page.getByRole('heading', { name: 'Drugi korak' }).waitFor()
  await expectAccessible(later.page)
  await later.page.locator('#otp').fill('123456')
  await later.page.locator('#kc-login').click()
  await later.page.getByRole('alert').filter({ hasText: 'Kod nije tačan' }).waitFor()
  // Each code is good once, so the next one, which Keycloak takes half a minute early.
  await later.page.locator('#otp').fill(oneTimeCode(secret, Date.now() + 30_000))
  await Promise.all([later.page.waitForURL(/\/sombor\/my$/), later.page.locator('#kc-login').click()])
  await later.close()

  const lost = await newVisitor(browser)
  await password(lost.page, 'milica.jovin')
  await lost.page.getByRole('button', { name: 'Drugi način prijave' }).click()
  await lost.page.getByRole('heading', { name: 'Izaberite kako nastavljate' }).waitFor()
  await expectAccessible(lost.page)
  await lost.page.getByRole('button', { name: 'Rezervni kod' }).click()
  await lost.page.getByLabel('Kod broj 1 sa vaše liste').fill(reserve[0]!.trim())
  await expectAccessible(lost.page)
  await Promise.all([lost.page.waitForURL(/\/sombor\/my$/), lost.page.locator('#kc-login').click()])
  await lost.close()
}, 120_000)

test('a head whose role needs a key adds one at the first login, and no code and no password alone opens the door after it', async () => {
  const { page, context, close } = await newVisitor(browser, { width: 360, dark: true })
  const key = await plugIn(page)
  await login.giveRole('vesna.radic', 'case-clerk')
  await password(page, 'vesna.radic')

  await page.getByRole('heading', { name: 'Dodajte bezbednosni ključ' }).waitFor()
  await expectAccessible(page)
  await page.getByLabel('Naziv ovog ključa').fill('Ključ na privesku')
  await Promise.all([page.waitForURL(/\/sombor\/my$/), page.locator('#registerWebAuthn').click()])
  await context.clearCookies()
  await password(page, 'vesna.radic')
  await page.getByRole('heading', { name: 'Bezbednosni ključ' }).waitFor()
  await expectAccessible(page)
  await Promise.all([page.waitForURL(/\/sombor\/my$/), page.locator('#authenticateWebAuthnButton').click()])
  await context.clearCookies()
  await key.unplug()
  await plugIn(page) // another one, which this account does not know
  await password(page, 'vesna.radic')
  await page.locator('#authenticateWebAuthnButton').click()
  await page.getByRole('heading', { name: 'Ključ nije prihvaćen' }).waitFor()
  await expectAccessible(page)

  expect(await page.getByRole('button', { name: 'Drugi način prijave' }).count()).toBe(0)
  await close()
}, 120_000)

test('a citizen signs in by password alone', async () => {
  const citizen = await newVisitor(browser)
  await password(citizen.page, 'jovana.marinkovic')

  await citizen.page.waitForURL(/\/sombor\/my$/)

  expect((await citizen.page.request.get(`${login.publicUrl}/api/sombor/me`)).ok()).toBe(true)
  await citizen.close()
})

/** Types name and password on Keycloak's own page. */
async function password(page: Page, username: string): Promise<void> {
  const as = username === 'jovana.marinkovic' ? 'citizen' : 'staff'
  await page.goto(`${login.publicUrl}/sombor/sign-in?as=${as}&return=/sombor/my&language=sr-Latn`)
  await page.locator('#username').fill(username)
  await page.locator('#password').fill(login.realm.password)
  await page.locator('#kc-login').click()
}

/** Chromium's virtual authenticator (Chrome DevTools Protocol, domain WebAuthn): a key that is always touched. */
async function plugIn(page: Page): Promise<{ unplug(): Promise<void> }> {
  const cdp: CDPSession = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options: {
    protocol: 'ctap2', transport: 'usb', hasResidentKey: false, hasUserVerification: false, isUserVerified: false, automaticPresenceSimulation: true,
  } })
  return { unplug: async () => void (await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })) }
}
