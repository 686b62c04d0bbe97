import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import type { RegistrationSlip } from '../../server/http/contract/registration.ts'
import { TownVisitor } from '../../server/launch/journey.ts'
import { expectAccessible, newVisitor, openBrowser, signInAs } from '../support/browser.ts'
import { startSystem, type System } from '../support/system.ts'
import { words, type Words } from '../support/words.ts'
import { completeStep, fill, goOn, send } from './steps.ts'

const email = 'ruzica.kovacev@primer.example'
const password = 'duga reka kod Bezdana'
const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
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

const open = (page: Page) => page.getByRole('button', { name: latin.ui('portal.activate.open') })

test('a clerk registers her, the mail brings the link, the slip has the code, and her first login finds what was filed for her', async () => {
  const djordje = new TownVisitor(system.url, 'sombor')
  await djordje.signIn('djordje.stancic', 'salter-demo', 'staff')
  const slip = await djordje.send<RegistrationSlip>('POST', '/counter/registrations', {
    clientKey: uuidv7(), numberKind: 'personal-number', number: '0505985155121', givenName: 'Ružica', familyName: 'Kovačev', bornOn: '1985-05-05',
    email, document: { kind: 'identity-card', number: '011223344', validUntil: '2099-05-14' }, language: 'sr-Latn',
    eDelivery: { given: true, textVersion: '2026-11-24' },
  })
  const mail = await system.mailTo(email)
  const link = /http\S+\/activate#\S+/.exec(mail.text)![0]

  // she scans the slip first, and then opens the mail on the same telephone
  const phone = await newVisitor(browser)
  await phone.page.goto(slip.qr)
  await phone.page.getByText(slip.activationCode).waitFor()
  await expectAccessible(phone.page)
  await look(phone.page, 'scanned-360')
  await phone.page.goto('about:blank')
  await phone.page.goto(link)
  await open(phone.page).waitFor()
  expect(phone.page.url()).toBe(`${system.url}/sombor/activate`)
  expect(await phone.page.locator('#activate-code').inputValue()).toBe(slip.activationCode)
  await expectAccessible(phone.page)
  await look(phone.page, 'link-360')

  // a wrong code and a short password are told at their fields, by keyboard alone
  await phone.page.locator('#activate-code').fill('0000 0000')
  await phone.page.locator('#activate-password').fill('kratka')
  await phone.page.keyboard.press('Enter')
  await phone.page.getByText(latin.ui('portal.activate.givePassword')).waitFor()
  await phone.page.locator('#activate-password').fill(password)
  await phone.page.keyboard.press('Enter')
  await phone.page.getByText(latin.ui('portal.activate.wrongCode')).waitFor()
  await expectAccessible(phone.page)
  await look(phone.page, 'wrong-360')

  await phone.page.locator('#activate-code').fill(slip.activationCode.toLowerCase())
  await open(phone.page).click()
  await phone.page.getByRole('heading', { name: latin.ui('portal.activate.done') }).waitFor()
  await expectAccessible(phone.page)
  await look(phone.page, 'done-360')

  await phone.page.locator('main').getByRole('link', { name: latin.ui('shared.signIn') }).click()
  await phone.page.locator('#username').waitFor()
  await signInAs(phone.page, email, password)
  await phone.page.waitForURL('**/sombor/my')
  await phone.page.getByText(slip.number).first().waitFor()
  await phone.close()

  // the link has done its work, on whatever device and in whatever light
  for (const [width, dark] of [[1280, false], [1280, true], [360, true]] as const) {
    const later = await newVisitor(browser, { width, dark })
    await later.page.goto(link)
    await later.page.getByRole('heading', { name: latin.ui('portal.activate.used') }).waitFor()
    await expectAccessible(later.page)
    await look(later.page, `used-${width}-${dark ? 'dark' : 'light'}`)
    await later.page.goto('about:blank')
    await later.page.goto(`${system.url}/sombor/activate#${'forged'.repeat(8)}`)
    await later.page.getByRole('heading', { name: latin.ui('portal.activate.unknown') }).waitFor()
    await expectAccessible(later.page)
    await later.close()
  }
  expect(system.log.join('\n')).not.toContain(link.split('#')[1]!)
}, 180_000)

test('whoever cannot come registers on the portal, an officer looks at the pictures, and the code is the one of the receipt', async () => {
  const of = (key: string): string => latin.of('citizen-registration', key)
  const { page, close } = await newVisitor(browser)
  await page.goto(`${system.url}/sombor/services/citizen-registration/apply`)
  await page.getByLabel(of('forms.registration.numberKind.options.personal-number'), { exact: true }).waitFor()
  await look(page, 'apply-1')
  await fill(page, latin, {
    number: { choose: of('forms.registration.numberKind.options.personal-number') }, born: { day: [15, 3, 1985] },
  })
  await goOn(page, latin)
  await fill(page, latin, {
    document: { choose: of('forms.registration.documentKind.options.identity-card') },
    [of('forms.registration.documentNumber.label')]: '004455667',
    until: { day: [14, 5, 2099] },
  })
  await page.locator('input[type=file]').last().setInputFiles({ name: 'karta.png', mimeType: 'image/png', buffer: picture })
  await page.getByText(/karta\.png/).first().waitFor()
  await page.getByText(new RegExp(latin.ui('files.kept', { size: '.+' }))).first().waitFor()
  await look(page, 'apply-2')
  await goOn(page, latin)
  await fill(page, latin, { agreed: { choose: of('forms.registration.eDelivery.options.yes') } })
  await look(page, 'apply-3')
  await goOn(page, latin)
  expect(await page.getByText(latin.ui('portal.applicant.kinds.anonymous'), { exact: true }).count()).toBe(0)
  const who = { familyName: 'Bačić', givenName: 'Lazar', 'number.rs': '1503985810120', email: 'lazar.bacic@primer.example' }
  for (const [name, value] of Object.entries(who)) await page.getByLabel(latin.ui(`portal.applicant.${name}`), { exact: true }).fill(value)
  await look(page, 'apply-4')
  await goOn(page, latin, 'portal.apply.toCheck')
  const { number, code } = await send(page, latin, 'request')
  await look(page, 'receipt')
  expect(system.mail.mails().filter(({ to }) => to.includes('lazar.bacic@primer.example'))).toEqual([])

  const clerk = await newVisitor(browser, { width: 1280, height: 860 })
  const answers = { decision: { choose: of('forms.check-identity.decision.options.accept') } }
  await completeStep(clerk.page, latin, { url: system.url, tenant: 'sombor', clerk: 'milica.jovin', number, answers })
  const mail = await system.mailTo('lazar.bacic@primer.example')
  expect(mail.text.replace(/\s/g, '')).not.toContain(code)
  await page.goto(/http\S+\/activate#\S+/.exec(mail.text)![0])
  await page.locator('#activate-code').fill(code)
  await page.locator('#activate-password').fill(password)
  await look(page, 'link-of-the-portal')
  await open(page).click()
  await page.getByRole('heading', { name: latin.ui('portal.activate.done') }).waitFor()
  await Promise.all([close(), clerk.close()])
}, 180_000)

/** A picture for whoever wants to see the page: where `LOOK_DIR` says. */
async function look(page: Page, name: string): Promise<void> {
  if (process.env.LOOK_DIR) await page.screenshot({ path: `${process.env.LOOK_DIR}/${name}.png`, fullPage: true })
}
