/** The pages about messages, over the web server alone: neither login nor engine has a part in them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser as Chromium } from 'playwright-core'
import { deliverNext } from '../../server/cases/deliverNext.ts'
import { openCase, type OpenedCase } from '../../server/cases/openCase.ts'
import { sendToApplicant } from '../../server/cases/sendToApplicant.ts'
import { systemActor, type Actor } from '../../server/identity/actor.ts'
import { expectAccessible, newVisitor, openBrowser, type Visitor } from '../support/browser.ts'
import { giveTask, marko, petition } from '../support/filing.ts'
import { hookSecret, testSms, type TestSms } from '../support/smsGateway.ts'
import { citizen, clerk, testTown, type TestTown } from '../support/town.ts'
import { testWeb, type TestWeb } from '../support/web.ts'
import { words, type Words } from '../support/words.ts'

let town: TestTown
let sms: TestSms
let web: TestWeb
let chromium: Chromium
let jovana: Actor
let latin: Words

beforeAll(async () => {
  latin = await words('sr-Latn', 'rs')
  town = await testTown({ sms: (clock) => testSms({ clock }).then((made) => (sms = made).channel) })
  web = await testWeb(town, {
    settings: { SMS_HOOK_SECRET: hookSecret, SMS_CATCHER_URL: sms.url },
    neighbors: { links: [{ system: 'email', mode: 'simulator' }, { system: 'sms', mode: 'simulator' }] },
  })
  chromium = await openBrowser()
  jovana = await citizen(town)
}, 120_000)

afterAll(async () => {
  await chromium?.close()
  await web?.close()
  await sms?.close()
  await town?.close()
})

/** Somebody who is signed in already, before a page of the town. */
async function visitorAs(actor: Actor | undefined, path: string, options: Parameters<typeof newVisitor>[1] = {}): Promise<Visitor> {
  const visitor = await newVisitor(chromium, options)
  const { cookies } = await web.browser(actor)
  await visitor.context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: web.url })))
  await visitor.page.goto(`${web.url}/sombor${path}`)
  return visitor
}

/** A request of Jovana's with everything that may become of a message. */
async function withMessages(): Promise<OpenedCase> {
  const applicant = { ...marko, email: 'jovana@primer.example', phone: '064 123 4567', notices: 'both' as const }
  const opened = await openCase(town.contextFor(jovana), petition({ applicant }))
  const machine = { ...town.contextFor(systemActor('test')), publicUrl: web.url }
  const send = async (kind: 'receipt' | 'notice' | 'act', phone: string): Promise<void> => {
    await machine.db.transaction((trx) => trx('people').where({ id: jovana.personId }).update({ phone }))
    await sendToApplicant(machine, opened.case.id, kind, { onlyOnce: kind + opened.case.id })
    while (await deliverNext(machine, ['send-message', 'send-sms']));
  }
  await send('receipt', '064 123 4567')
  await send('notice', '064 123 9901')
  sms.gateway.setDown(true)
  await send('act', '064 123 4567')
  sms.gateway.setDown(false)
  town.clock.advance(1000)
  await sms.gateway.reported()
  return opened
}

test.each([[360, false], [360, true], [1280, false], [1280, true]])(
  'citizen and clerk see what was sent and what has arrived, at %i px, dark: %s', async (width, dark) => {
    const opened = await withMessages()
    const task = await giveTask(town, opened.case)
    const seen = ['delivered', 'failed', 'waiting', 'sent'].map((state) => latin.ui(`messages.states.${state}`))

    const person = await visitorAs(jovana, `/requests/${opened.case.id}`, { width, dark })
    await person.page.locator('.told').waitFor()
    const told = await person.page.locator('.told').innerText()
    await expectAccessible(person.page)
    const office = await visitorAs(clerk(town, 'milica.jovin'), `/inbox/tasks/${task.id}`, { width, dark })
    await office.page.locator('.told').waitFor()
    await expectAccessible(office.page)

    for (const state of seen) expect(told).toContain(state)
    expect(told).toContain(latin.ui('messages.failures.refused'))
    expect(await office.page.locator('.told').innerText()).toBe(told)
    await person.close()
    await office.close()
  }, 60_000,
)

test.each([[360, false], [1280, true]])('a citizen changes the way of news on the account page, at %i px, dark: %s', async (width, dark) => {
  const { page, close } = await visitorAs(jovana, '/account', { width, dark })

  await page.getByLabel(latin.ui('portal.notices.ways.sms'), { exact: true }).check()
  await page.locator('#notice-phone').fill('025 412 345')
  await page.getByRole('button', { name: latin.ui('portal.notices.save') }).click()
  await page.locator('#notice-phone-error').waitFor()
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('notice-phone')
  await expectAccessible(page)
  await page.locator('#notice-phone').fill('064 765 4321')
  await page.getByRole('button', { name: latin.ui('portal.notices.save') }).click()
  await page.getByText(latin.ui('portal.notices.saved')).waitFor()
  await expectAccessible(page)

  await page.reload()
  await expect.poll(() => page.getByLabel(latin.ui('portal.notices.ways.sms'), { exact: true }).isChecked()).toBe(true)
  await close()
}, 60_000)

test('the link of a text message leads its owner to the request, and anybody else to the form with the number in it', async () => {
  const opened = await withMessages()
  const link = `/status?n=${sms.gateway.messages()[0]!.text.split('?n=')[1]}`

  const owner = await visitorAs(jovana, link)
  await owner.page.waitForURL(`${web.url}/sombor/requests/${opened.case.id}`)
  const other = await visitorAs(undefined, link)

  expect(await other.page.locator('#status-number').inputValue()).toBe(opened.case.number)
  await expectAccessible(other.page)
  await owner.close()
  await other.close()
}, 60_000)

test.each([[360, true], [1280, false]])('who files chooses how news comes, and is asked for a mobile, at %i px, dark: %s', async (width, dark) => {
  const { page, close } = await visitorAs(undefined, '/services/petition/apply?step=4', { width, dark })
  await page.getByText(latin.ui('portal.applicant.kinds.person'), { exact: true }).click()

  await page.getByLabel(latin.ui('portal.notices.ways.both'), { exact: true }).check()
  await page.getByRole('button', { name: latin.ui('portal.apply.next') }).click()

  await page.locator('[id$="phone-error"]').waitFor()
  await expectAccessible(page)
  await close()
}, 60_000)

test('the simulator’s page can be used by everyone', async () => {
  await withMessages()
  for (const [width, dark] of [[360, false], [360, true], [1280, false], [1280, true]] as const) {
    const { page, close } = await newVisitor(chromium, { width, dark })
    await page.goto(sms.url)
    await page.getByText('+381641234567').first().waitFor()
    await close()
  }
  const visitor = await newVisitor(chromium)
  await visitor.page.goto(sms.url)
  expect(await visitor.page.locator('.sms li').count()).toBeGreaterThan(0)
  await visitor.close()
}, 60_000)
