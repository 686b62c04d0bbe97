import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { testAuthority, type TestAuthority } from '../support/authority.ts'
import { expectAccessible, newVisitor, openBrowser, signInAs } from '../support/browser.ts'
import { shownBy } from '../support/door.ts'
import { startSystem, type System } from '../support/system.ts'
import { words, type Words } from '../support/words.ts'
import { fill, goOn, send, speak } from './steps.ts'

let folder: string
let system: System
let browser: Browser
let latin: Words
let authority: TestAuthority

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salter-levels-'))
  await cp('processes', folder, { recursive: true })
  await nameLevels(join(folder, 'petition', 'procedure.json'))
  ;[browser, latin, authority] = await Promise.all([openBrowser(), words('sr-Latn', 'rs'), testAuthority({ startsAt: Date.now() })])
  system = await startSystem({ processesDir: folder, authorities: [authority.authority] })
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await system?.close()
  await authority?.close()
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

test('a visitor begins without a name, signs in where an answer needs it, then with the card where another does, and finds all of it as it was', async () => {
  const of = (key: string): string => latin.of('petition', key)
  // The card as the browser holds it: it is shown to the certificate door and to nobody else.
  const clientCertificates = [{ origin: system.doorUrl, ...shownBy(authority.issue()) }]
  const { page, close } = await newVisitor(browser, { more: { ignoreHTTPSErrors: true, clientCertificates } })
  const level = async (): Promise<unknown> => ((await (await page.request.get(`${system.url}/api/sombor/me`)).json()) as { level: string }).level
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

  expect(await level()).toBe('password')

  // another one an e-signature: through the door with the card, and back to the same page with the same words and answers
  await kind('complaint')
  await page.getByRole('heading', { name: latin.ui('portal.stepUp.what.e-signature') }).waitFor()
  await expectAccessible(page)
  const atTheDoor = page.waitForRequest((request) => request.url().startsWith(`${system.doorUrl}/`))
  await page.getByRole('button', { name: latin.ui('portal.stepUp.act.e-signature') }).click()
  await atTheDoor
  await page.waitForURL(before)
  await expectKept(page, before)
  expect(await level()).toBe('e-signature')
  expect(await page.getByLabel(of('forms.petition.petitionKind.options.complaint')).isChecked()).toBe(true)
  expect(await page.getByText(latin.ui('portal.stepUp.kept')).count()).toBe(0)

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
