import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { expectAccessible, newVisitor, openBrowser, signInAs } from '../support/browser.ts'
import { startSystem, type System } from '../support/system.ts'
import { words, type Words } from '../support/words.ts'
import { fill, goOn, send, speak } from './steps.ts'

let folder: string
let system: System
let browser: Browser
let latin: Words

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salter-levels-'))
  await cp('processes', folder, { recursive: true })
  await nameLevels(join(folder, 'petition', 'procedure.json'))
  ;[system, browser, latin] = await Promise.all([startSystem({ processesDir: folder }), openBrowser(), words('sr-Latn', 'rs')])
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await system?.close()
  await rm(folder, { recursive: true, force: true })
})

/** A procedure with two levels, as tax balance and tax certificate have: a proposal needs a password, a complaint an e-signature. */
async function nameLevels(file: string): Promise<void> {
  const levels = [
    { answer: 'petitionKind', is: ['proposal'], level: 'password' },
    { answer: 'petitionKind', is: ['complaint'], level: 'e-signature' },
  ]
  await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')) as object, levels }))
}

// The card itself, and its way through the certificate door, have a journey of their own (e-signature.test.ts).
test('a visitor begins without a name, signs in where an answer needs it, is asked for an e-signature, turns back, and finds all of it as it was', async () => {
  const of = (key: string): string => latin.of('petition', key)
  const { page, close } = await newVisitor(browser)
  const kind = (option: string) => fill(page, latin, { kind: { choose: of(`forms.petition.petitionKind.options.${option}`) } })

  await page.goto(`${system.url}/sombor/services/petition/apply`)
  await speak(page, 'srpski')
  await kind('question')
  await fill(page, latin, {
    [of('forms.petition.subject.label')]: 'Klupa u parku kod gimnazije',
    [of('forms.petition.petitionText.label')]: 'Molim da se kod staze prema gimnaziji postavi jedna klupa.',
  })
  await goOn(page, latin)
  await goOn(page, latin)
  await page.goBack()
  await page.goBack()
  expect(await page.getByText(latin.ui('portal.stepUp.kept')).count()).toBe(0)

  // one answer needs a password
  await kind('proposal')
  await page.getByRole('heading', { name: latin.ui('portal.stepUp.what.password') }).waitFor()
  await expectAccessible(page)
  const before = page.url()
  await page.getByRole('button', { name: latin.ui('portal.stepUp.act.password') }).click()
  await page.locator('#username').waitFor()
  await signInAs(page, 'jovana.marinkovic')
  await expectKept(page, before)
  expect(await page.getByText(latin.ui('portal.stepUp.kept')).count()).toBe(0)

  // another one an e-signature; who turns back is where they were
  await kind('complaint')
  await page.getByRole('heading', { name: latin.ui('portal.stepUp.what.e-signature') }).waitFor()
  await expectAccessible(page)
  const asked = page.waitForRequest((request) => request.url().includes('acr_values=e-signature'))
  await page.getByRole('button', { name: latin.ui('portal.stepUp.act.e-signature') }).click()
  await asked
  await page.goto(before)
  await expectKept(page, before)
  await kind('proposal')

  await goOn(page, latin)
  await goOn(page, latin)
  await goOn(page, latin)
  await goOn(page, latin, 'portal.apply.toCheck')
  const { number } = await send(page, latin, 'petition')
  expect(number).toMatch(/\/2026$/)
  await close()
}, 180_000)

/** The same page, with the same words in it. */
async function expectKept(page: Page, url: string): Promise<void> {
  const subject = page.getByLabel(latin.of('petition', 'forms.petition.subject.label'))
  await subject.waitFor()
  expect(page.url()).toBe(url)
  expect(await subject.inputValue()).toBe('Klupa u parku kod gimnazije')
}
