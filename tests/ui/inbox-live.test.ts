import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fileCase, readExample, TownVisitor, untilTask, type Example, type FiledCase } from '../../server/launch/journey.ts'
import { expectAccessible, newVisitor, openBrowser, signInAs, type Visitor } from '../support/browser.ts'
import { startSystem, type System } from '../support/system.ts'
import { words, type Words } from '../support/words.ts'

// Three people of one unit before the same list, on the whole product: real login, engine, database, browser.
let system: System
let browser: Browser
let latin: Words
let example: Example
let milica: Visitor
let djordje: Visitor
let head: TownVisitor

beforeAll(async () => {
  ;[system, browser, latin, example] = await Promise.all([
    startSystem(), openBrowser(), words('sr-Latn', 'rs'), readExample(process.cwd(), 'petition', 'anonymous'),
  ])
  head = new TownVisitor(system.url, 'sombor')
  await head.signIn('vesna.radic', 'salter-demo', 'staff')
  ;[milica, djordje] = await Promise.all([clerk('milica.jovin'), clerk('djordje.stancic')])
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await system?.close()
})

test('what is filed meanwhile waits on top of the list, and nothing moves until it is asked for', async () => {
  const { page } = milica
  const first = await file()
  await openList(page, first)

  const second = await file()

  const line = page.getByRole('button', { name: latin.ui('inbox.list.arrived').split(' | ')[0]!.replace('{n}', '1') })
  await line.waitFor()
  expect(await numbers(page)).not.toContain(second.number)
  await expectAccessible(page)
  await line.click()
  await row(page, second).waitFor()
  expect(await numbers(page)).toContain(first.number)
}, 60_000)

test('a task that one clerk takes by a key shows her name to the other at once', async () => {
  const filed = await file()
  await Promise.all([openList(milica.page, filed), openList(djordje.page, filed)])

  await row(milica.page, filed).getByRole('link').focus()
  await milica.page.keyboard.press('p')

  await milica.page.getByText(latin.ui('inbox.list.claimed', { number: filed.number })).last().waitFor()
  const seen = row(djordje.page, filed)
  await seen.getByText('Милица Јовин').first().waitFor()
  expect(await seen.getAttribute('class')).toContain('gone')
  await expectAccessible(djordje.page)
}, 60_000)

test('half-way work outlives a reload and a lost connection, and an incomplete form says what is missing', async () => {
  const filed = await file()
  const { page } = milica
  await openTask(page, filed)
  await page.getByRole('button', { name: latin.ui('inbox.task.claim') }).click()
  const complete = page.getByRole('button', { name: latin.ui('inbox.task.complete') })
  await complete.waitFor()

  await page.keyboard.press('Control+Enter')
  await page.getByRole('alert').locator('a').first().waitFor()
  expect(await page.title()).toMatch(/^Greška: /)
  await expectAccessible(page)
  await page.context().setOffline(true)
  await page.getByLabel(of('forms.triage.decision.options.forward'), { exact: true }).check()
  await page.getByLabel(of('forms.triage.competentBody.label')).fill('Водовод Сомбор')
  await page.getByText(latin.ui('inbox.task.saved.here')).waitFor()
  await page.context().setOffline(false)
  await page.locator('.saved').getByText(latin.ui('inbox.task.saved.at')).waitFor()
  await page.reload()

  await complete.waitFor()
  expect(await page.getByLabel(of('forms.triage.competentBody.label')).inputValue()).toBe('Водовод Сомбор')
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('salter.task.')))).toEqual([])
}, 60_000)

test('the key that completes is not lost when it comes before the answer to the claim', async () => {
  const filed = await file()
  const { page } = milica
  await openTask(page, filed)
  let pressed!: () => void
  const untilPressed = new Promise<void>((resolve) => (pressed = resolve))
  await page.route('**/claim', async (route) => {
    const response = await route.fetch()
    await untilPressed
    await route.fulfill({ response })
  })
  await page.getByRole('button', { name: latin.ui('inbox.task.claim') }).click()
  await page.getByRole('button', { name: latin.ui('inbox.task.complete') }).waitFor()

  await page.keyboard.press('Control+Enter')
  pressed()

  await page.getByRole('alert').locator('a').first().waitFor()
  expect(await page.title()).toMatch(/^Greška: /)
  await page.unroute('**/claim')
}, 60_000)

test('when the head takes a step off a desk, the clerk is told and what she typed stays to be read', async () => {
  const filed = await file()
  const { page } = milica
  const taskId = await openTask(page, filed)
  await page.getByRole('button', { name: latin.ui('inbox.task.claim') }).click()
  await page.getByLabel(of('forms.triage.decision.options.forward'), { exact: true }).check()
  await page.locator('.saved').getByText(latin.ui('inbox.task.saved.at')).waitFor()
  await page.context().setOffline(true)
  await page.getByLabel(of('forms.triage.competentBody.label')).fill('Водовод Сомбор')
  await page.getByText(latin.ui('inbox.task.saved.here')).waitFor()

  await head.send('POST', `/inbox/tasks/${taskId}/release`)
  await head.send('POST', `/inbox/tasks/${taskId}/claim`)
  await page.context().setOffline(false)

  await page.getByText(latin.ui('inbox.task.state.taken', { name: 'Весна Радић' })).waitFor()
  await page.getByText(latin.ui('inbox.task.state.left')).waitFor()
  expect(await page.getByLabel(of('forms.triage.competentBody.label')).inputValue()).toBe('Водовод Сомбор')
  expect(await page.getByRole('button', { name: latin.ui('inbox.task.complete') }).count()).toBe(0)
  await expectAccessible(page)
}, 60_000)

test('coming back from a task finds the same row, and a stranger finds the door closed', async () => {
  const filed = await file()
  const { page } = djordje
  await openTask(page, filed)

  await page.locator('h1').click()
  await page.keyboard.press('Escape')

  await row(page, filed).waitFor()
  expect(await page.evaluate(() => document.activeElement?.closest('[data-task]')?.classList.contains('cur'))).toBe(true)
  const stranger = await newVisitor(browser, { width: 1280 })
  await stranger.page.goto(`${system.url}/sombor/inbox`)
  await stranger.page.getByText(latin.ui('inbox.door.signedOut')).waitFor()
  await expectAccessible(stranger.page)
  await stranger.close()
}, 60_000)

async function clerk(username: string): Promise<Visitor> {
  const visitor = await newVisitor(browser, { width: 1280, height: 860 })
  await visitor.page.goto(`${system.url}/sombor/sign-in?${new URLSearchParams({ as: 'staff', return: '/sombor/inbox' })}`)
  await signInAs(visitor.page, username)
  return visitor
}

/** Somebody writes to the town without a name; the step is in the unit's list when this returns. */
async function file(): Promise<FiledCase> {
  const filed = await fileCase(new TownVisitor(system.url, 'sombor'), 'petition', example, { kind: 'anonymous' })
  await untilTask(head, filed)
  return filed
}

async function openList(page: Page, filed: FiledCase): Promise<void> {
  await page.goto(`${system.url}/sombor/inbox?list=unit`)
  await row(page, filed).waitFor()
}

async function openTask(page: Page, filed: FiledCase): Promise<string> {
  await openList(page, filed)
  await row(page, filed).getByRole('link').click()
  await page.waitForURL('**/inbox/tasks/*')
  await page.locator('.task').waitFor()
  return new URL(page.url()).pathname.split('/').at(-1)!
}

function row(page: Page, { number }: FiledCase) {
  return page.getByRole('row').filter({ hasText: number })
}

function numbers(page: Page): Promise<string[]> {
  return page.locator('[data-task] td:first-child').allInnerTexts()
}

function of(key: string): string {
  return latin.of('petition', key)
}
