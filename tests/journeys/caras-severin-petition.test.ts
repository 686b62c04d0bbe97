import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { expectAccessible, newVisitor, openBrowser } from '../support/browser.ts'
import { pdfText } from '../support/pdfText.ts'
import { startSystem, type System } from '../support/system.ts'
import { words, type Words } from '../support/words.ts'
import { completeStep, fill, goOn, readAct, send, speak } from './steps.ts'

let system: System
let browser: Browser
let romanian: Words

beforeAll(async () => {
  ;[system, browser, romanian] = await Promise.all([startSystem(), openBrowser(), words('ro', 'ro')])
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await system?.close()
})

test('the county council of Caraș-Severin offers no extracts, and answers a petition by OG 27/2002 in Romanian', async () => {
  const of = (key: string): string => romanian.of('petition', key)
  const citizen = await newVisitor(browser, { locale: 'ro-RO' })
  const { page } = citizen

  // a county council keeps no civil registers
  await page.goto(`${system.url}/caras-severin/services`)
  await speak(page, 'română')
  const petition = page.locator('main').getByRole('link', { name: of('title'), exact: true }).first()
  await petition.waitFor()
  await expectAccessible(page)
  expect(await page.getByText(romanian.of('register-extract', 'title')).count()).toBe(0)
  await petition.click()
  await page.getByText('27/2002').first().waitFor()
  await expectAccessible(page)

  await page.getByRole('link', { name: romanian.ui('portal.procedure.start.petition'), exact: true }).first().click()
  await page.waitForURL('**/services/petition/apply**')
  await fill(page, romanian, { kind: { choose: of('forms.petition.petitionKind.options.question') } })
  await fill(page, romanian, {
    [of('forms.petition.subject.label')]: 'Drumul județean spre Văliug',
    [of('forms.petition.petitionText.label')]: 'Când va fi reparată porțiunea de drum dintre Reșița și Văliug, după alunecarea de teren?',
  })
  await goOn(page, romanian)
  await goOn(page, romanian)
  await goOn(page, romanian)
  await fill(page, romanian, { kind: { choose: romanian.ui('portal.applicant.kinds.person') } })
  await fill(page, romanian, {
    [romanian.ui('portal.applicant.familyName')]: 'Șerbănescu',
    [romanian.ui('portal.applicant.givenName')]: 'Anișoara',
    [romanian.ui('portal.applicant.email')]: 'anisoara@exemplu.example',
    [romanian.ui('portal.applicant.address')]: 'Str. Țepeș Vodă 4, Reșița',
  })
  await goOn(page, romanian, 'portal.apply.toCheck')
  const { number } = await send(page, romanian, 'petition')
  expect(number).toMatch(/^\d+\/\d{2}\.\d{2}\.\d{4}$/)
  expect((await system.mailTo('anisoara@exemplu.example')).text).toContain(number)

  const clerk = await newVisitor(browser, { width: 1280, height: 860, locale: 'ro-RO' })
  await completeStep(clerk.page, romanian, { url: system.url, tenant: 'caras-severin', clerk: 'florina.mocanu', number, answers: { decision: { choose: of('forms.triage.decision.options.answer') } } })
  await completeStep(clerk.page, romanian, { url: system.url, tenant: 'caras-severin', number, answers: { [of('forms.draft-answer.answerText.label')]: 'Lucrările încep în luna aprilie și țin șase săptămâni, conform contractului semnat.' } })

  await page.goto(page.url().replace(/\/receipt$/, ''))
  const act = (await pdfText(await readAct(page))).normalize('NFC')
  expect(act).toContain('Lucrările încep în luna aprilie și țin șase săptămâni')
  expect(act).toContain('Șerbănescu')
  await expectAccessible(page)

  await Promise.all([citizen.close(), clerk.close()])
}, 180_000)
