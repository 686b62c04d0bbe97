import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileCase, leaveDraft, readExample, TownVisitor, untilTask, type Example } from '../../server/launch/journey.ts'
import { expectAccessible, newVisitor, openBrowser, signInAs, type Visitor } from '../support/browser.ts'
import { startSystem, type System } from '../support/system.ts'
import { words, type Words } from '../support/words.ts'

const number = '2307990855035'
let system: System
let browser: Browser
let latin: Words
let example: Example

beforeAll(async () => {
  ;[system, browser, latin, example] = await Promise.all([
    startSystem(), openBrowser(), words('sr-Latn', 'rs'), readExample(process.cwd(), 'register-extract', 'good'),
  ])
  example = { ...example, answers: { ...example.answers, personalNumber: number } }
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await system?.close()
})

test('the number a citizen typed is hidden on every page, a clerk sees it for a reason, and the citizen reads who it was', async () => {
  const jovana = new TownVisitor(system.url, 'sombor')
  await jovana.signIn('jovana.marinkovic', 'salter-demo', 'citizen')
  const filed = await fileCase(jovana, 'register-extract', example)
  await leaveDraft(jovana, 'register-extract', example)
  const ana = new TownVisitor(system.url, 'sombor')
  await ana.signIn('ana.kovac', 'salter-demo', 'staff')
  const taskId = await untilTask(ana, filed)

  // on the citizen's own check page, until they ask for it
  const citizen = await arrive('jovana.marinkovic', 'citizen', '/sombor/services/register-extract/apply?step=99')
  const show = citizen.page.getByRole('button', { name: new RegExp(`^${latin.ui('portal.check.showNumber')}`) })
  await show.waitFor()
  expect(await text(citizen.page)).not.toContain(number)
  await expectAccessible(citizen.page)
  await show.click()
  await citizen.page.getByText(number).waitFor()

  // nobody has looked yet
  await citizen.page.goto(`${system.url}/sombor/requests/${filed.caseId}`)
  await citizen.page.getByText(latin.ui('portal.request.looks.none')).waitFor()

  // the registrar has to say why
  const clerk = await arrive('ana.kovac', 'staff', `/sombor/inbox/tasks/${taskId}`)
  const field = clerk.page.locator('.masked')
  await field.getByRole('button').waitFor()
  expect(await text(clerk.page)).not.toContain(number)
  await field.getByRole('button').click()
  const tell = clerk.page.getByRole('button', { name: latin.ui('inbox.number.do'), exact: true })
  await tell.click()
  await clerk.page.getByText(latin.ui('inbox.number.whyMissing')).waitFor()
  await expectAccessible(clerk.page)
  const why = clerk.page.getByLabel(latin.ui('inbox.number.why'))
  await why.selectOption('other')
  await tell.click()
  await clerk.page.getByText(latin.ui('inbox.number.wordsMissing')).waitFor()
  await clerk.page.getByLabel(latin.ui('inbox.number.words')).fill('Stranka pita preko telefona')
  await tell.click()
  await field.getByText(number).waitFor()
  await expectAccessible(clerk.page)
  await clerk.page.reload()
  await field.getByRole('button').waitFor()
  expect(await text(clerk.page)).not.toContain(number)

  // and the citizen reads which office it was and why, and no name
  await citizen.page.reload()
  const looks = citizen.page.locator('section[aria-labelledby="looks"]')
  await looks.getByText('Stranka pita preko telefona').waitFor()
  await expectAccessible(citizen.page)
  expect(await looks.innerText()).toContain(latin.ui('roles.registrar'))
  expect(await looks.innerText()).not.toMatch(/Kovač|Ковач/)

  await Promise.all([citizen.close(), clerk.close()])
}, 180_000)

test('the administrator reads who may do what, for all and for one role, and finds the audit whole', async () => {
  const { page, close } = await arrive('nikola.duvnjak', 'staff', '/sombor/inbox')
  await page.getByRole('link', { name: latin.ui('inbox.rights.title') }).click()
  await page.getByRole('heading', { name: latin.ui('inbox.rights.what.case.read') }).waitFor()
  await expectAccessible(page)

  await page.getByLabel(latin.ui('inbox.rights.whose')).selectOption('auditor')
  await page.waitForURL('**/rights?of=auditor')
  const claim = page.locator('.right', { hasText: latin.ui('inbox.rights.what.task.claim') })
  await claim.waitFor()
  expect(await claim.textContent()).toContain(latin.ui('inbox.rights.denied'))
  await expectAccessible(page)
  // The frame stands, so the page must scroll within it to its last line.
  await page.getByText(latin.ui('inbox.rights.public')).scrollIntoViewIfNeeded()
  expect(await page.getByText(latin.ui('inbox.rights.public')).isVisible()).toBe(true)

  await page.getByRole('link', { name: latin.ui('inbox.operation.title') }).click()
  await page.getByRole('button', { name: latin.ui('inbox.operation.audit.check') }).click()
  await page.getByText(latin.ui('inbox.operation.audit.seal')).waitFor()
  expect(await page.locator('section[aria-labelledby="audit"] .notice.good').count()).toBe(1)
  await expectAccessible(page)
  await close()
}, 120_000)

async function arrive(username: string, as: 'citizen' | 'staff', path: string): Promise<Visitor> {
  const visitor = await newVisitor(browser, as === 'staff' ? { width: 1280, height: 860 } : {})
  await visitor.page.addInitScript(() => localStorage.setItem('salter.language', 'sr-Latn'))
  await visitor.page.goto(`${system.url}/sombor/sign-in?${new URLSearchParams({ as, return: path })}`)
  await signInAs(visitor.page, username)
  return visitor
}

function text(page: Page): Promise<string> {
  return page.locator('main').innerText()
}
