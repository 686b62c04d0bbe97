/** The pages about a fee, over the web server and the simulated bank alone. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser as Chromium } from 'playwright-core'
import { noteFee } from '../../server/cases/noteFee.ts'
import { openCase, type OpenedCase } from '../../server/cases/openCase.ts'
import { askForPayment } from '../../server/cases/payments/askForPayment.ts'
import { systemActor, type Actor } from '../../server/identity/actor.ts'
import { startBank, type Bank } from '../../server/outside/payments/simulator.ts'
import { expectAccessible, newVisitor, openBrowser, type Visitor } from '../support/browser.ts'
import { extract, giveTask } from '../support/filing.ts'
import { citizen, clerk, testTown, type TestTown } from '../support/town.ts'
import { testWeb, type TestWeb } from '../support/web.ts'
import { words, type Words } from '../support/words.ts'

const hookSecret = 'a secret that the bank knows, for tests'
let town: TestTown
let web: TestWeb
let bank: Bank
let chromium: Chromium
let jovana: Actor
let latin: Words

beforeAll(async () => {
  latin = await words('sr-Latn', 'rs')
  town = await testTown()
  const settings = { PAYMENTS_HOOK_SECRET: hookSecret, BANK_SIMULATOR_URL: 'http://127.0.0.1' }
  web = await testWeb(town, { settings })
  bank = await startBank({ port: 0, hooks: web.url, hookSecret, clock: town.clock })
  settings.BANK_SIMULATOR_URL = bank.url
  await web.close()
  web = await testWeb(town, { settings: { ...settings, PORT: Number(new URL(web.url).port) } })
  chromium = await openBrowser()
  jovana = await citizen(town)
}, 120_000)

afterAll(async () => {
  await chromium?.close()
  await bank?.close()
  await web?.close()
  await town?.close()
})

async function visitorAs(actor: Actor, path: string, options: Parameters<typeof newVisitor>[1] = {}): Promise<Visitor> {
  const visitor = await newVisitor(chromium, options)
  const { cookies } = await web.browser(actor)
  await visitor.context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: web.url })))
  await visitor.page.goto(`${web.url}/sombor${path}`)
  return visitor
}

async function feeAsked(): Promise<OpenedCase> {
  const opened = await openCase(town.contextFor(jovana), extract())
  const system = town.contextFor(systemActor('test'))
  await noteFee(system, opened.case.id, 52_000)
  await askForPayment(system, opened.case.id)
  return opened
}

test.each([[360, false], [1280, true]])('a citizen reads what to pay, pays at the bank, and sees that it arrived, at %i px, dark: %s', async (width, dark) => {
  const { case: filed } = await feeAsked()
  const person = await visitorAs(jovana, `/requests/${filed.id}`, { width, dark })
  await person.page.locator('.qr').waitFor()
  expect(await person.page.locator('.slip').innerText()).toContain('999-0000000012345-73')
  await expectAccessible(person.page)

  const [page] = await Promise.all([
    person.context.waitForEvent('page'), person.page.getByRole('link', { name: latin.ui('portal.request.bank') }).click(),
  ])
  await page.locator('form button').click()
  await page.locator('.sms li').first().waitFor()
  await expectAccessible(page)

  await person.page.reload()
  await person.page.getByText(latin.ui('payments.states.paid'), { exact: true }).waitFor()
  expect(await person.page.locator('.slip').count()).toBe(0)
  await person.close()
}, 60_000)

test.each([[360, true], [1280, false]])('a clerk notes the slip that somebody brings, at %i px, dark: %s', async (width, dark) => {
  const { case: filed } = await feeAsked()
  const task = await giveTask(town, filed)
  const { page, close } = await visitorAs(clerk(town, 'ana.kovac'), `/inbox/tasks/${task.id}`, { width, dark })

  await page.getByRole('button', { name: latin.ui('inbox.payment.record') }).click()
  await page.getByRole('button', { name: latin.ui('inbox.payment.save'), exact: true }).click()
  await page.getByText(latin.ui('inbox.payment.slipMissing')).waitFor()
  await expectAccessible(page)
  await page.getByLabel(latin.ui('inbox.payment.slip')).fill(`PU-${width}`)
  await page.getByLabel(latin.ui('inbox.payment.day')).fill('2026-11-23')
  await page.getByRole('button', { name: latin.ui('inbox.payment.save'), exact: true }).click()

  await page.getByText(latin.ui('payments.states.paid'), { exact: true }).waitFor()
  await expectAccessible(page)
  await close()
}, 60_000)
