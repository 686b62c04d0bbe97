import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { expectAccessible, newVisitor, openBrowser, signInAs } from '../support/browser.ts'
import { startSystem, type System } from '../support/system.ts'
import { words, type Words } from '../support/words.ts'
import { petitionFrom } from './steps.ts'

let system: System
let browser: Browser
let bulgarian: Words

beforeAll(async () => {
  ;[system, browser, bulgarian] = await Promise.all([startSystem(), openBrowser(), words('bg', 'bg')])
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await system?.close()
})

test('a clerk of Stara Zagora stops the term for an opinion, lets it run and extends it, and the citizen reads each reason', async () => {
  const ui = (key: string): string => bulgarian.ui(key)
  const citizen = await newVisitor(browser, { locale: 'bg-BG' })
  const { caseId, number } = await petitionFrom(citizen.page, { url: system.url, tenant: 'stara-zagora', language: 'bg' })
  const clerk = await newVisitor(browser, { width: 1280, height: 900, locale: 'bg-BG' })
  const { page } = clerk
  await page.goto(`${system.url}/stara-zagora/sign-in?as=staff&return=/stara-zagora/inbox`)
  await signInAs(page, 'petar.georgiev')
  await page.goto(`${system.url}/stara-zagora/inbox?list=all`)
  await page.getByRole('link').filter({ hasText: number }).or(page.getByRole('row').filter({ hasText: number }).getByRole('link')).first().click()
  await page.waitForURL('**/inbox/tasks/**')
  await page.getByRole('button', { name: ui('inbox.task.claim') }).click()

  const sheet = page.getByRole('dialog')
  /** Opens the sheet of a deed, gives the reason it asks for, and does it. */
  async function act(deed: 'suspend' | 'resume' | 'extend', reason?: { label: string; text: string }): Promise<void> {
    await page.getByRole('button', { name: ui(`inbox.term.${deed}`) }).click()
    await expectAccessible(page)
    if (reason) await sheet.getByLabel(ui(`inbox.term.${reason.label}`)).fill(reason.text)
    await sheet.getByRole('button', { name: ui(`inbox.term.${deed}`) }).click()
    await sheet.waitFor({ state: 'hidden' })
    await expectAccessible(page)
  }
  await act('suspend', { label: 'words', text: 'Чака се становището на РИОСВ.' })
  expect(await page.getByRole('button', { name: ui('inbox.term.extend') }).count()).toBe(0)
  await act('resume')
  await act('extend', { label: 'reason', text: 'Нужна е проверка на място.' })
  expect(await page.getByRole('button', { name: ui('inbox.term.extend') }).count()).toBe(0)

  await citizen.page.goto(`${system.url}/stara-zagora/requests/${caseId}`)
  await citizen.page.getByText('Чака се становището на РИОСВ.').waitFor()
  await citizen.page.getByText(ui('portal.request.counted')).click()
  await citizen.page.getByText('Нужна е проверка на място.').first().waitFor()
  await expectAccessible(citizen.page)
  // Earlier mails told of the opinion and of the term that ran again.
  await expect.poll(async () => (await system.mailTo('marko@primer.example')).text).toContain('Нужна е проверка на място.')

  await Promise.all([citizen.close(), clerk.close()])
}, 180_000)
