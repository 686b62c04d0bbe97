import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { expectAccessible, newVisitor, openBrowser } from '../support/browser.ts'
import { pdfText } from '../support/pdfText.ts'
import { startSystem, type System } from '../support/system.ts'
import { words, type Words } from '../support/words.ts'
import { completeStep, fill, goOn, openByCode, readAct, send, speak } from './steps.ts'

let system: System
let browser: Browser
let cyrillic: Words
let latin: Words

beforeAll(async () => {
  ;[system, browser, cyrillic, latin] = await Promise.all([startSystem(), openBrowser(), words('sr-Cyrl', 'rs'), words('sr-Latn', 'rs')])
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await system?.close()
})

test('anyone writes to Sombor without a name, follows the petition by number and code, and reads the answer', async () => {
  const of = (key: string): string => cyrillic.of('petition', key)
  const visitor = await newVisitor(browser)
  const { page } = visitor

  // writes without signing in and without a name
  await page.goto(`${system.url}/sombor/services/petition`)
  await speak(page, 'српски')
  await page.getByRole('link', { name: cyrillic.ui('portal.procedure.start.petition'), exact: true }).first().click()
  await page.waitForURL('**/services/petition/apply**')
  await fill(page, cyrillic, { kind: { choose: of('forms.petition.petitionKind.options.proposal') } })
  await fill(page, cyrillic, {
    [of('forms.petition.subject.label')]: 'Клупа у парку код гимназије',
    [of('forms.petition.petitionText.label')]: 'Молим да се код стазе према гимназији постави једна клупа.',
  })
  await goOn(page, cyrillic)
  await goOn(page, cyrillic)
  await goOn(page, cyrillic)
  await fill(page, cyrillic, { kind: { choose: cyrillic.ui('portal.applicant.kinds.anonymous') } })
  await goOn(page, cyrillic, 'portal.apply.toCheck')
  const { number, code } = await send(page, cyrillic, 'petition')

  // the clerk, who reads Latin, decides to answer, then writes the answer
  const clerk = await newVisitor(browser, { width: 1280, height: 860 })
  await completeStep(clerk.page, latin, { url: system.url, tenant: 'sombor', clerk: 'milica.jovin', number, answers: { decision: { choose: latin.of('petition', 'forms.triage.decision.options.answer') } } })
  await completeStep(clerk.page, latin, { url: system.url, tenant: 'sombor', number, answers: { [latin.of('petition', 'forms.draft-answer.answerText.label')]: 'Клупа ће бити постављена до краја марта, на месту које сте предложили.' } })

  // another browser reads it by number and code; a wrong code opens nothing
  const elsewhere = await newVisitor(browser)
  await elsewhere.page.goto(`${system.url}/sombor/status`)
  await speak(elsewhere.page, 'српски')
  const form = elsewhere.page.locator('main form').last()
  await form.locator('input').first().fill(number)
  await form.locator('input').nth(1).fill('0000000000')
  await form.getByRole('button').first().click()
  await elsewhere.page.getByText(cyrillic.ui('errors.number-or-code-wrong')).first().waitFor()
  await expectAccessible(elsewhere.page)
  await openByCode(elsewhere.page, cyrillic, { url: system.url, tenant: 'sombor', number, code })
  expect(await pdfText(await readAct(elsewhere.page))).toContain('Клупа ће бити постављена до краја марта')
  expect(system.mail.mails()).toEqual([])

  await Promise.all([visitor.close(), clerk.close(), elsewhere.close()])
}, 180_000)
