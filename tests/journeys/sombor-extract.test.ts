import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { expectAccessible, newVisitor, openBrowser, signInAs } from '../support/browser.ts'
import { pdfText } from '../support/pdfText.ts'
import { startSystem, type System } from '../support/system.ts'
import { words, type Words } from '../support/words.ts'
import { chargedFee, completeStep, fill, foretoldFee, goOn, openByCode, readAct, send, speak } from './steps.ts'

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

test('a citizen of Sombor files an extract on a phone, a registrar issues it, the citizen reads it, elsewhere only after signing in', async () => {
  const of = (key: string): string => latin.of('register-extract', key)
  const citizen = await newVisitor(browser)
  const { page } = citizen

  // finds the service by an everyday word in the other script, and what it takes
  await page.goto(`${system.url}/sombor`)
  await speak(page, 'srpski')
  await expectAccessible(page)
  await page.getByRole('searchbox').first().fill('крштеница')
  await page.getByRole('button', { name: latin.ui('portal.search.find') }).click()
  await page.waitForURL('**/services?q=*')
  const service = page.locator('main').getByRole('link', { name: of('title') }).first()
  await service.waitFor()
  await expectAccessible(page)
  await service.click()
  await page.waitForURL('**/services/register-extract')
  const start = page.getByRole('link', { name: latin.ui('portal.procedure.signInAndStart') }).first()
  await start.waitFor()
  await expectAccessible(page)

  // signs in on Keycloak's own page, fills in the form and sends it
  await start.click()
  await page.locator('#username').waitFor()
  await expectAccessible(page)
  await signInAs(page, 'jovana.marinkovic')
  await page.waitForURL('**/services/register-extract/apply**')
  await fill(page, latin, {
    kind: { choose: of('forms.request.kind.options.citizenship') },
    medium: { choose: of('forms.request.medium.options.electronic') },
    [of('forms.request.purpose.label')]: { pick: of('forms.request.purpose.options.general') },
  })
  await goOn(page, latin)
  await fill(page, latin, { relation: { choose: of('forms.request.relation.options.self') } })
  await goOn(page, latin)
  await fill(page, latin, { birthDate: { day: [14, 3, 1985] } })
  await goOn(page, latin)
  await fill(page, latin, { [of('forms.request.registerArea.label')]: 'Сомбор', [of('forms.request.fatherName.label')]: 'Петар', [of('forms.request.motherName.label')]: 'Милена' })
  await goOn(page, latin)
  await goOn(page, latin, 'portal.apply.toCheck')
  expect(await foretoldFee(page)).toBe(latin.ui('fee.free'))
  const { number, code } = await send(page, latin, 'request')
  expect(number).toMatch(/^IV-201-\d+\/\d{4}$/)

  // has the number by e-mail, without the code and without anything private
  const receipt = await system.mailTo('jovana.marinkovic@primer.example')
  expect(`${receipt.subject} ${receipt.text}`).toContain(number)
  expect(receipt.text).not.toContain(code)

  // nothing is left behind that could be sent again
  await page.goto(`${system.url}/sombor/my`)
  await page.getByText(number).first().waitFor()
  await expectAccessible(page)
  expect(await page.getByText(latin.ui('status.draft'), { exact: true }).count()).toBe(0)

  // the registrar finds it, takes it and issues it
  const registrar = await newVisitor(browser, { width: 1280, height: 860 })
  await completeStep(registrar.page, latin, {
    url: system.url, tenant: 'sombor', clerk: 'boris.njegovan', number,
    answers: {
      decision: { choose: of('forms.issue-extract.decision.options.issue') },
      [of('forms.issue-extract.registerArea.label')]: 'Сомбор',
      [of('forms.issue-extract.entryYear.label')]: '1985',
      [of('forms.issue-extract.entryNumber.label')]: '17',
    },
  })

  // the citizen reads the act under "my requests" …
  await page.getByText(number).first().click()
  await page.waitForURL('**/requests/*')
  await page.locator('.stamp').waitFor()
  expect(await chargedFee(page, latin)).toBe(latin.ui('stamp.noFee'))
  const act = await pdfText(await readAct(page))
  await expectAccessible(page)
  expect(act).toContain(`${number}/1`)
  expect(act).toContain('Јована Маринковић')

  // … number and code alone show how far it is, but an extract is given to whom it belongs: the page asks to sign in, in place
  const elsewhere = await newVisitor(browser)
  await openByCode(elsewhere.page, latin, { url: system.url, tenant: 'sombor', number, code })
  await elsewhere.page.getByRole('heading', { name: latin.ui('portal.stepUp.readAct.password') }).waitFor()
  await expectAccessible(elsewhere.page)
  expect(await elsewhere.page.locator('main .act a[href*="/documents/"]').count()).toBe(0)
  const here = elsewhere.page.url()
  await elsewhere.page.getByRole('button', { name: latin.ui('portal.stepUp.act.password') }).click()
  await elsewhere.page.locator('#username').waitFor()
  await signInAs(elsewhere.page, 'jovana.marinkovic')
  await elsewhere.page.locator('.stamp').waitFor()
  expect(elsewhere.page.url()).toBe(here)
  expect(await pdfText(await readAct(elsewhere.page))).toContain(`${number}/1`)

  // anybody can check that the act is genuine
  await elsewhere.page.goto(/http:\/\/\S+\/verify\/\S+/.exec(act)![0])
  await elsewhere.page.getByText(`${number}/1`).first().waitFor()
  await expectAccessible(elsewhere.page)
  expect(await elsewhere.page.locator('main').innerText()).not.toContain('Маринковић')

  await Promise.all([citizen.close(), registrar.close(), elsewhere.close()])
}, 180_000)
