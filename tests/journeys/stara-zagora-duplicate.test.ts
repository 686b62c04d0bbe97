import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { expectAccessible, newVisitor, openBrowser, signInAs } from '../support/browser.ts'
import { pdfText } from '../support/pdfText.ts'
import { startSystem, type System } from '../support/system.ts'
import { words, type Words } from '../support/words.ts'
import { chargedFee, completeStep, fill, foretoldFee, goOn, openByCode, readAct, send, speak } from './steps.ts'

let system: System
let browser: Browser
let bulgarian: Words

beforeAll(async () => {
  ;[system, browser, bulgarian] = await Promise.all([startSystem(), openBrowser(), words('bg', 'bg')])
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await system?.close()
})

test('a citizen of Stara Zagora asks for a duplicate of a certificate in Bulgarian and gets it', async () => {
  const of = (key: string): string => bulgarian.of('register-extract', key)
  const citizen = await newVisitor(browser, { locale: 'bg-BG' })
  const { page } = citizen

  await page.goto(`${system.url}/stara-zagora`)
  await speak(page, 'български')
  await expectAccessible(page)
  await page.getByRole('link', { name: of('title'), exact: true }).first().click()
  await page.getByRole('link', { name: bulgarian.ui('portal.procedure.signInAndStart') }).first().click()
  await signInAs(page, 'yordanka.tsvetkova')
  await page.waitForURL('**/services/register-extract/apply**')
  await fill(page, bulgarian, {
    kind: { choose: of('forms.request.duplicateOf.options.birth') },
    medium: { choose: of('forms.request.medium.options.electronic') },
    speed: { choose: of('forms.request.speed.options.fast') },
  })
  await goOn(page, bulgarian)
  await fill(page, bulgarian, { relation: { choose: of('forms.request.relation.options.self') } })
  await goOn(page, bulgarian)
  await fill(page, bulgarian, { birthDate: { day: [1, 1, 1985] } })
  await goOn(page, bulgarian)
  await fill(page, bulgarian, { [of('forms.request.registerArea.label')]: 'Стара Загора' })
  await goOn(page, bulgarian)
  await goOn(page, bulgarian, 'portal.apply.toCheck')
  const fee = await foretoldFee(page)
  expect(fee).toMatch(/^3,07\s€$/)
  const { number, code } = await send(page, bulgarian, 'request')
  expect(number).toMatch(/^94-00-\d+\/\d{2}\.\d{2}\.\d{4}$/)

  const registrar = await newVisitor(browser, { width: 1280, height: 860, locale: 'bg-BG' })
  await completeStep(registrar.page, bulgarian, {
    url: system.url, tenant: 'stara-zagora', clerk: 'elena.dimitrova', number,
    answers: {
      decision: { choose: of('forms.issue-extract.decision.options.issue') },
      [of('forms.issue-extract.registerArea.label')]: 'Стара Загора',
      [of('forms.issue-extract.entryYear.label')]: '1985',
      [of('forms.issue-extract.entryNumber.label')]: '0412',
    },
  })

  await page.goto(`${system.url}/stara-zagora/my`)
  await page.getByText(number).first().click()
  await page.waitForURL('**/requests/*')
  expect(await chargedFee(page, bulgarian)).toBe(fee)
  const act = await pdfText(await readAct(page))
  expect(act).toContain(`${number}-1`)
  expect(act).toMatch(/дубликат/i)
  await expectAccessible(page)

  // a number of Stara Zagora opens nothing in Sombor
  const elsewhere = await newVisitor(browser, { locale: 'bg-BG' })
  const reply = await elsewhere.context.request.get(`${system.url}/api/sombor/cases/${/requests\/([^/?]+)/.exec(page.url())![1]!}?language=bg`)
  expect([401, 403, 404]).toContain(reply.status())
  await openByCode(elsewhere.page, bulgarian, { url: system.url, tenant: 'stara-zagora', number, code })

  await Promise.all([citizen.close(), registrar.close(), elsewhere.close()])
}, 180_000)
