import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCase } from '../../server/cases/openCase.ts'
import { mergePeople } from '../../server/cases/people/mergePeople.ts'
import { anonymous, type Actor } from '../../server/identity/actor.ts'
import { openLoginSession } from '../../server/identity/sessions.ts'
import { expectAccessible, newVisitor, openBrowser, type Visitor } from '../support/browser.ts'
import { caseWithTask, extract } from '../support/filing.ts'
import { account, person } from '../support/people.ts'
import { clerk, testTown, type TestTown } from '../support/town.ts'
import { testWeb, type TestWeb } from '../support/web.ts'
import { words, type Words } from '../support/words.ts'

let town: TestTown
let web: TestWeb
let browser: Browser
let latin: Words
let supervisor: Actor

beforeAll(async () => {
  ;[town, browser, latin] = await Promise.all([testTown(), openBrowser(), words('sr-Latn', 'rs')])
  web = await testWeb(town)
  supervisor = { ...clerk(town, 'ana.kovac'), roles: ['supervisor', 'registrar'] }
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await web?.close()
  await town?.close()
})

test('a person entered twice is found, made one with all her cases, parted again, and reads of both', async () => {
  const [kept, other] = [
    await person(town, { name: 'Јелена Марковић', number: '0101990805019', bornOn: '1990-01-01', address: 'Венац Радомира Путника 12' }),
    await person(town, { name: 'Jelena Marković', bornOn: '1990-01-01', phone: '064 123 4567', email: 'jelena@primer.example', language: 'sr-Latn' }),
  ]
  const jelena = await account(town, other)
  const first = await caseWithTask(town, town.contextFor(await account(town, kept)), extract())
  const second = await caseWithTask(town, town.contextFor(jelena), extract())
  const { page, close } = await arrive(supervisor, '/sombor/inbox/people')

  // found in Latin letters, whatever script she was entered in
  await page.getByRole('searchbox', { name: latin.ui('inbox.people.label') }).fill('jelena markovic')
  await page.locator('.people-list a').nth(1).waitFor()
  await expectAccessible(page)
  await page.locator('.people-list a', { hasText: 'Јелена' }).click()
  await page.locator('#doubles').waitFor()
  await expectAccessible(page)

  // side by side: what differs is asked, the reason too
  await page.locator('section[aria-labelledby="doubles"] a').click()
  await page.getByRole('button', { name: latin.ui('inbox.people.merge.do'), exact: true }).click()
  await page.getByText(latin.ui('inbox.people.reasonMissing')).waitFor()
  await expectAccessible(page)
  await page.getByRole('group', { name: latin.ui('inbox.people.merge.fields.name') }).getByLabel('Јелена Марковић').check()
  await page.getByLabel(latin.ui('inbox.people.merge.reason')).fill('Ista osoba, viđena lična karta')
  await page.getByRole('button', { name: latin.ui('inbox.people.merge.do'), exact: true }).click()

  // both cases, the old number and the new telephone on one page
  await page.waitForURL(`**/people/${kept}`)
  for (const { case: each } of [first, second]) await page.locator('section[aria-labelledby="cases"]').getByText(each.number).waitFor()
  await page.getByText('064 123 4567').waitFor()
  await expectAccessible(page)

  // a case that comes now is asked about when the two are parted
  town.clock.advance(60_000)
  const { case: newer } = await openCase(town.contextFor({ ...jelena, personId: kept }), extract())
  await page.reload()
  await page.getByRole('button', { name: latin.ui('inbox.people.merges.undo'), exact: true }).click()
  await page.getByLabel(newer.number).check()
  await page.getByLabel(latin.ui('inbox.people.reason')).fill('Ipak dve osobe')
  await expectAccessible(page)
  await page.getByRole('button', { name: latin.ui('inbox.people.merges.do'), exact: true }).click()
  await page.getByText(latin.ui('inbox.people.merges.parted')).first().waitFor()
  const cases = page.locator('section[aria-labelledby="cases"]')
  await cases.getByText(second.case.number).waitFor({ state: 'detached' })
  expect(await cases.innerText()).toContain(first.case.number)
  expect(await cases.innerText()).not.toContain(newer.number)
  await close()

  const citizen = await arrive(jelena, '/sombor/account')
  await citizen.page.getByText('Ista osoba, viđena lična karta').waitFor()
  await citizen.page.getByText('Ipak dve osobe').waitFor()
  await expectAccessible(citizen.page)
  expect(await citizen.page.locator('section[aria-labelledby="my-merges"]').innerText()).not.toMatch(/Kovač|Ковач/)
  await citizen.close()
}, 180_000)

test.each([
  [360, false],
  [360, true],
  [1280, false],
  [1280, true],
])('the pages of people can be used by everyone at %i px, dark: %s', async (width, dark) => {
  const known = { name: 'Петар Стојановић Вуковић', bornOn: '1961-12-31', email: `petar.${width}${dark}@primer.example`, phone: '+381 25 482 123' }
  const [kept, other, third] = [
    await person(town, { ...known, address: 'Авинска 5, Сомбор' }),
    await person(town, { ...known, name: 'Petar Stojanović', phone: undefined, address: 'Avinska 5' }),
    await person(town, known),
  ]
  await openCase(town.contextFor(await account(town, kept)), extract())
  await mergePeople(town.contextFor(supervisor), kept, { otherId: third, take: [], reason: 'Исти телефон и адреса' })
  const { page, close } = await arrive(supervisor, '/sombor/inbox/people', { width, dark })

  for (const path of ['people?who=stojanovic', 'people?who=nikogovic', `people/${kept}`, `people/${third}`, `people/${kept}/merge/${other}`, 'people/doubles']) {
    await page.goto(`${web.url}/sombor/inbox/${path}`)
    await page.locator('.operation :is(.panel, .empty, .notice)').first().waitFor()
    await expectAccessible(page)
  }
  await close()
}, 120_000)

/** Somebody who is signed in already: how that comes about is another journey's. */
async function arrive(actor: Actor, path: string, { width = 1280, dark = false } = {}): Promise<Visitor & { page: Page }> {
  const visitor = await newVisitor(browser, { width, height: 860, dark })
  const cookie = await openLoginSession(town.contextFor(anonymous), { actor, grant: '{}', keycloakSession: `session of ${actor.id}` })
  await visitor.context.addCookies([{ name: 'salter_sombor', value: cookie, url: web.url }])
  await visitor.page.addInitScript(() => localStorage.setItem('salter.language', 'sr-Latn'))
  await visitor.page.goto(web.url + path)
  return visitor
}
