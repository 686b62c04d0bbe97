import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { expectAccessible, newVisitor, openBrowser, signInAs, type Visitor } from '../support/browser.ts'
import { startSystem, type System } from '../support/system.ts'
import { words, type Words } from '../support/words.ts'
import { fill, goOn, send } from './steps.ts'

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

async function signedIn(username: string, path: string, as: 'citizen' | 'staff' = 'citizen'): Promise<Visitor> {
  const visitor = await newVisitor(browser, as === 'staff' ? { width: 1280, height: 860 } : {})
  await visitor.page.goto(`${system.url}/sombor/sign-in?as=${as}&return=${encodeURIComponent(path)}`)
  await signInAs(visitor.page, username)
  return visitor
}

const press = (page: Page, key: string, gaps?: Record<string, string>): Promise<void> =>
  page.getByRole('button', { name: latin.ui(key, gaps) }).first().click()

test('Marko lets Jovana act for him; she files in his name, a clerk sees who for whom, and when he revokes it she sees nothing more', async () => {
  // Marko sends an invitation
  const marko = await signedIn('marko.ilic', '/sombor/mandates')
  await marko.page.getByText(latin.ui('portal.mandates.givenNone')).waitFor()
  await expectAccessible(marko.page)
  await marko.page.getByRole('link', { name: latin.ui('portal.mandates.offer') }).click()
  await marko.page.waitForURL('**/mandates/offer')
  await press(marko.page, 'portal.mandates.sendOffer')
  await marko.page.getByRole('alert').waitFor()
  await expectAccessible(marko.page)
  await fill(marko.page, latin, { [latin.ui('portal.mandates.email')]: 'jovana.marinkovic@primer.example' })
  await press(marko.page, 'portal.mandates.sendOffer')
  await marko.page.waitForURL('**/mandates')
  await marko.page.getByText(latin.ui('mandates.standings.offered')).waitFor()

  // Jovana opens it from her mail, signs in, reads what it allows and takes it
  const link = /http\S+\/mandates\?offer=\S+/.exec((await system.mailTo('jovana.marinkovic@primer.example')).text)![0]
  const jovana = await newVisitor(browser)
  await jovana.page.goto(link)
  await jovana.page.getByText(latin.ui('portal.mandates.invitedSignIn')).waitFor()
  await expectAccessible(jovana.page)
  await jovana.page.locator('main').getByRole('link', { name: latin.ui('shared.signIn') }).click()
  await signInAs(jovana.page, 'jovana.marinkovic')
  await jovana.page.getByRole('heading', { name: latin.ui('portal.mandates.invited', { name: 'Марко Илић' }) }).waitFor()
  await expectAccessible(jovana.page)
  await press(jovana.page, 'portal.mandates.accept')
  await jovana.page.getByText(latin.ui('mandates.standings.in-force')).waitFor()
  await expectAccessible(jovana.page)

  // the counter sees it, too, among all of the town; what has a form of its own can be used by everyone
  const counter = await signedIn('djordje.stancic', '/sombor/inbox/mandates?list=all', 'staff')
  await counter.page.getByRole('heading', { name: latin.ui('mandates.forWhom', { who: 'Јована Маринковић', whom: 'Марко Илић' }) }).waitFor()
  await press(counter.page, 'inbox.mandates.record')
  await expectAccessible(counter.page)
  await jovana.page.goto(`${system.url}/sombor/mandates/ask`)
  await expectAccessible(jovana.page)

  // she files in his name
  await jovana.page.goto(`${system.url}/sombor/services/petition/apply`)
  await jovana.page.getByRole('heading', { name: latin.ui('portal.forWhom.question') }).waitFor()
  await expectAccessible(jovana.page)
  await jovana.page.getByRole('radio', { name: 'Марко Илић' }).check()
  await press(jovana.page, 'portal.apply.next')
  await fill(jovana.page, latin, { kind: { choose: latin.of('petition', 'forms.petition.petitionKind.options.proposal') } })
  await fill(jovana.page, latin, {
    [latin.of('petition', 'forms.petition.subject.label')]: 'Клупа у парку код гимназије',
    [latin.of('petition', 'forms.petition.petitionText.label')]: 'Молим да се код стазе према гимназији постави једна клупа.',
  })
  for (let page = 0; page < 3; page++) await goOn(jovana.page, latin)
  await jovana.page.getByText('Јована Маринковић,').waitFor()
  await goOn(jovana.page, latin, 'portal.apply.toCheck')
  const { number } = await send(jovana.page, latin, 'petition')
  await jovana.page.getByText(latin.ui('portal.forWhom.filed', { name: 'Марко Илић' })).waitFor()

  // both find it: she as his, he as his own with who did it
  await jovana.page.goto(`${system.url}/sombor/my`)
  await jovana.page.getByText(latin.ui('portal.forWhom.tag', { name: 'Марко Илић' })).waitFor()
  await expectAccessible(jovana.page)
  await marko.page.goto(`${system.url}/sombor/my`)
  await marko.page.getByText(number).click()
  await marko.page.getByText(latin.ui('timeline.forWhom', { actor: 'Јована Маринковић', name: 'Марко Илић' })).waitFor()
  await expectAccessible(marko.page)

  // the clerk sees whose request it is, who acts, by which right and on what proof
  const clerk = await signedIn('milica.jovin', '/sombor/inbox?list=all', 'staff')
  await clerk.page.getByRole('row').filter({ hasText: number }).getByRole('link').first().click()
  const party = clerk.page.locator('section[aria-labelledby="representative"]')
  await party.getByText('Јована Маринковић').waitFor()
  expect(await party.innerText()).toContain(latin.ui('mandates.proofs.own-word'))
  await expectAccessible(clerk.page)

  // he revokes it, and what she had open a moment ago is hers no more
  await jovana.page.getByText(number).click()
  await jovana.page.locator('.stamp').waitFor()
  await marko.page.goto(`${system.url}/sombor/mandates`)
  await press(marko.page, 'mandates.revoke')
  await press(marko.page, 'portal.mandates.revokeYes')
  await marko.page.getByText(latin.ui('mandates.standings.revoked'), { exact: true }).waitFor()
  await expectAccessible(marko.page)
  await jovana.page.reload()
  await jovana.page.getByRole('heading', { name: latin.ui('portal.request.notYours') }).waitFor()
  await clerk.page.reload()
  await clerk.page.getByText(latin.ui('inbox.case.mandateEnded')).waitFor()

  await Promise.all([marko.close(), jovana.close(), clerk.close(), counter.close()])
}, 180_000)
