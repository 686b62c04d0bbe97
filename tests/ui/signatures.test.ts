/** What a citizen and a clerk see of a signature, in Chromium. Sessions are made directly: the login is not the matter here. */
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '../../server/identity/actor.ts'
import { fill, goOn, send } from '../journeys/steps.ts'
import { keptWorld } from '../outside/signatures/world.ts'
import { expectAccessible, newVisitor, openBrowser, type Visitor } from '../support/browser.ts'
import { giveTask } from '../support/filing.ts'
import { citizen, clerk, testTown, type TestTown } from '../support/town.ts'
import { testWeb, type TestWeb } from '../support/web.ts'
import { words, type Words } from '../support/words.ts'

const folder = join(import.meta.dirname, '..', 'outside', 'signatures', 'files')
const world = await keptWorld()
let town: TestTown
let web: TestWeb
let browser: Browser
let cyrillic: Words

beforeAll(async () => {
  town = await testTown({ startsAt: '2026-11-24T12:00:00Z', signatures: world.validatorBy })
  ;[web, browser, cyrillic] = await Promise.all([testWeb(town), openBrowser(), words('sr-Cyrl', 'rs')])
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await web?.close()
  await town?.close()
})

/** A browser in which the actor is signed in, as the login would have left it. */
async function signedIn(actor: Actor, size: { width: number; dark?: boolean }): Promise<Visitor> {
  const visitor = await newVisitor(browser, size)
  const { cookies } = await web.browser(actor)
  await addCookies(visitor.context, cookies)
  return visitor
}

const addCookies = (context: BrowserContext, cookies: ReadonlyMap<string, string>): Promise<void> =>
  context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: web.url })))

/** The upload field with this name, and one file into it. */
async function give(page: Page, label: string, file: string): Promise<void> {
  const field = page.getByRole('group', { name: label, exact: true }).and(page.locator(':visible'))
  await field.locator('input[type=file]').last().setInputFiles(join(folder, file))
}

test('a citizen learns at once whether the signature holds, and the clerk sees whose it is', async () => {
  const label = cyrillic.of('petition', 'forms.petition.signedLetter.label')
  const jovana = await signedIn(await citizen(town), { width: 360 })
  const { page } = jovana
  await page.goto(`${web.url}/sombor/services/petition/apply`)
  await page.locator('footer').getByRole('button', { name: 'српски', exact: true }).click()
  await fill(page, cyrillic, {
    kind: { choose: cyrillic.of('petition', 'forms.petition.petitionKind.options.proposal') },
    [cyrillic.of('petition', 'forms.petition.subject.label')]: 'Клупа у парку код гимназије',
    [cyrillic.of('petition', 'forms.petition.petitionText.label')]: 'Молим да се код стазе према гимназији постави једна клупа.',
  })
  await goOn(page, cyrillic)

  // a letter changed after signing is refused with the reason, and nothing is lost
  await give(page, label, 'other-text.pdf')
  await page.getByText(cyrillic.ui('signatures.reasons.content-changed')).waitFor()
  await give(page, label, 't-rsa.pdf')
  const good = page.locator('.signature.good').filter({ hasText: 'Јована Маринковић' })
  await good.waitFor()
  expect(await good.innerText()).toContain(`${cyrillic.ui('signatures.who.applicant')} · ${cyrillic.ui('signatures.verdict.good')} · `)
  await expectAccessible(page)

  // what is said about it is said again after a reload, and before sending
  await page.reload()
  await page.locator('.signature.good').waitFor()
  await goOn(page, cyrillic)
  await goOn(page, cyrillic)
  await goOn(page, cyrillic, 'portal.apply.toCheck')
  await page.locator('dd').filter({ hasText: cyrillic.ui('signatures.verdict.good') }).first().waitFor()
  const { number } = await send(page, cyrillic, 'petition')

  // the clerk reads the finding beside the paper, and the rest when asked
  const rows = await town.contextFor(clerk(town, 'milica.jovin')).db.transaction((trx) => trx('cases').where({ number }).select('id'))
  const task = await giveTask(town, { id: (rows[0] as { id: string }).id, procedure: 'petition' } as Parameters<typeof giveTask>[1])
  const milica = await signedIn(clerk(town, 'milica.jovin'), { width: 1280 })
  await milica.page.goto(`${web.url}/sombor/inbox/tasks/${task.id}`)
  const finding = milica.page.locator('.signature.good')
  await finding.waitFor()
  await finding.locator('summary').click()
  expect(await finding.innerText()).toContain('Salter Test Citizens CA')
  expect(await finding.innerText()).toContain('TOTAL-PASSED · B-T')
  await expectAccessible(milica.page)

  await Promise.all([jovana.close(), milica.close()])
}, 120_000)
