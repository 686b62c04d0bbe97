import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { expectAccessible, newVisitor, openBrowser, signInAs } from '../support/browser.ts'
import { startSystem, type System } from '../support/system.ts'
import { words, type Words } from '../support/words.ts'
import { petitionFrom } from './steps.ts'

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

test('a clerk asks for what is missing, the clock stops, the citizen sends words and a file, and the clock runs on', async () => {
  const citizen = await newVisitor(browser)
  const { caseId, number } = await petitionFrom(citizen.page, { url: system.url, tenant: 'sombor', language: 'sr-Latn' })

  // the clerk takes the step and asks
  const clerk = await newVisitor(browser, { width: 1280, height: 900 })
  await clerk.page.goto(`${system.url}/sombor/sign-in?as=staff&return=/sombor/inbox`)
  await signInAs(clerk.page, 'milica.jovin')
  await clerk.page.goto(`${system.url}/sombor/inbox?list=all`)
  await clerk.page.getByRole('link').filter({ hasText: number }).or(clerk.page.getByRole('row').filter({ hasText: number }).getByRole('link')).first().click()
  await clerk.page.waitForURL('**/inbox/tasks/**')
  await clerk.page.getByRole('button', { name: latin.ui('inbox.task.claim') }).click()
  await clerk.page.getByRole('button', { name: latin.ui('inbox.term.ask') }).click()
  await expectAccessible(clerk.page)
  const sheet = clerk.page.getByRole('dialog')
  await sheet.getByRole('button', { name: latin.ui('inbox.term.ask') }).click()
  await sheet.getByText(latin.ui('inbox.term.missingNone')).waitFor()
  await sheet.getByLabel(latin.ui('inbox.term.missing')).fill('Fotografija stuba\nTačna adresa')
  await sheet.getByRole('button', { name: latin.ui('inbox.term.ask') }).click()
  await sheet.waitFor({ state: 'hidden' })
  await clerk.page.getByText('Fotografija stuba').waitFor()
  await clerk.page.getByRole('button', { name: latin.ui('inbox.case.reckoned') }).click()
  await clerk.page.getByText(latin.ui('standing.supplement')).first().waitFor()
  await expectAccessible(clerk.page)

  // the citizen is written to, sees that the town waits, and answers
  const mail = await system.mailTo('marko@primer.example')
  expect(mail.text).toContain('– Fotografija stuba\n– Tačna adresa')
  await citizen.page.goto(`${system.url}/sombor/requests/${caseId}`)
  await citizen.page.getByRole('heading', { name: latin.ui('portal.supplement.title') }).waitFor()
  await citizen.page.getByText('Tačna adresa').waitFor()
  const send = citizen.page.getByRole('button', { name: latin.ui('portal.supplement.send') })
  await send.click()
  await citizen.page.getByText(latin.ui('errors.supplement-empty')).waitFor()
  await citizen.page.getByLabel(latin.ui('portal.supplement.text')).fill('Lenke Dunđerski 14, kod prodavnice.')
  await citizen.page.locator('input[type=file]').last().setInputFiles({ name: 'stub.png', mimeType: 'image/png', buffer: dot })
  await citizen.page.getByText('stub.png').first().waitFor()
  await citizen.page.getByRole('button', { name: /stub\.png/ }).waitFor()
  await expectAccessible(citizen.page)
  await send.click()
  await citizen.page.getByText(latin.ui('portal.supplement.sent')).waitFor()
  await citizen.page.getByText(latin.ui('portal.request.counted')).click()
  await expectAccessible(citizen.page)

  // the clerk's open page shows it by itself
  await clerk.page.getByText('Lenke Dunđerski 14, kod prodavnice.').waitFor()
  await expectAccessible(clerk.page)

  await Promise.all([citizen.close(), clerk.close()])
}, 180_000)

// The smallest picture there is: one gray point.
const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
