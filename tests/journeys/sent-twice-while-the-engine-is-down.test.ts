import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { newVisitor, openBrowser, signInAs } from '../support/browser.ts'
import { startSystem, type System } from '../support/system.ts'
import { words, type Words } from '../support/words.ts'
import { fill, goOn } from './steps.ts'

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

test('a form sent twice while the process engine is down is filed once, and its task comes when the engine is back', async () => {
  const of = (key: string): string => latin.of('petition', key)
  const visitor = await newVisitor(browser)
  const { page } = visitor
  await page.goto(`${system.url}/sombor/services/petition/apply`)
  await fill(page, latin, { kind: { choose: of('forms.petition.petitionKind.options.question') } })

  // an empty answer is told at the field and in the summary, and nothing typed is lost
  await page.getByRole('button', { name: latin.ui('portal.apply.next'), exact: true }).click()
  await page.getByRole('alert').first().waitFor()
  expect(await page.title()).toMatch(/^Greška:/)
  await fill(page, latin, {
    [of('forms.petition.subject.label')]: 'Kada radi biblioteka',
    [of('forms.petition.petitionText.label')]: 'Da li gradska biblioteka radi i subotom posle podne?',
  })
  for (let pages = 0; pages < 3; pages++) await goOn(page, latin)
  await fill(page, latin, { kind: { choose: latin.ui('portal.applicant.kinds.anonymous') } })
  await goOn(page, latin, 'portal.apply.toCheck')

  await system.engine.stop()
  await page.getByRole('button', { name: latin.ui('portal.check.send.petition'), exact: true }).dblclick()
  await page.waitForURL('**/receipt')
  const number = (await page.locator('.stamp dd').first().innerText()).trim()

  const clerk = await newVisitor(browser, { width: 1280, height: 860 })
  await clerk.page.goto(`${system.url}/sombor/sign-in?as=staff&return=/sombor/inbox?list=all`)
  await signInAs(clerk.page, 'milica.jovin')
  await clerk.page.goto(`${system.url}/sombor/inbox?list=all`)
  await clerk.page.getByText(latin.ui('inbox.empty.all.what')).waitFor()
  await system.engine.start()
  await clerk.page.getByText(number).first().waitFor({ timeout: 60_000 }) // it appears by itself, in a list that was empty
  const reply = await clerk.context.request.get(`${system.url}/api/sombor/inbox/tasks?list=all&language=sr-Latn`)
  expect(((await reply.json()) as { rows: { number: string }[] }).rows.map((row) => row.number)).toEqual([number])

  await Promise.all([visitor.close(), clerk.close()])
}, 180_000)
