import type { Page } from 'playwright-core'
import { v7 as uuidv7 } from 'uuid'
import { expect } from 'vitest'
import { expectAccessible, signInAs } from '../support/browser.ts'
import { marko, petition } from '../support/filing.ts'
import type { Words } from '../support/words.ts'

/** An answer as a person gives it: typed, chosen among buttons, picked from a list, or a day in three fields. */
export type Answer = string | { choose: string } | { pick: string } | { day: [number, number, number] }

/** Chooses a language in the foot of the page, where each is written in itself. */
export async function speak(page: Page, name: string): Promise<void> {
  const button = page.locator('footer').getByRole('button', { name, exact: true })
  if ((await button.getAttribute('aria-pressed')) === 'true') return
  await button.click()
  await page.locator('footer').getByRole('button', { name, exact: true, pressed: true }).waitFor()
}

/** Fills what is on the page, each field by the label a person reads. */
export async function fill(page: Page, words: Words, answers: Record<string, Answer>): Promise<void> {
  for (const [label, answer] of Object.entries(answers)) {
    if (typeof answer === 'string') await page.getByLabel(label).and(page.locator(':visible')).first().fill(answer)
    else if ('choose' in answer) await page.getByLabel(answer.choose, { exact: true }).and(page.locator(':visible')).first().check()
    else if ('pick' in answer) await page.getByLabel(label).and(page.locator(':visible')).first().selectOption({ label: answer.pick })
    else for (const [at, part] of (['day', 'month', 'year'] as const).entries()) await page.getByLabel(words.ui(`form.${part}`), { exact: true }).and(page.locator(':visible')).fill(String(answer.day[at]))
  }
}

/** Goes on to the next page of the form, when the one before is as it should be for everyone. */
export async function goOn(page: Page, words: Words, button = 'portal.apply.next'): Promise<void> {
  await expectAccessible(page)
  const before = page.url()
  await page.getByRole('button', { name: words.ui(button), exact: true }).click()
  await page.waitForURL((url) => url.href !== before)
}

/** The fee that the check page says will be charged. */
export async function foretoldFee(page: Page): Promise<string> {
  return (await page.locator('section[aria-labelledby="fee"] dd b').innerText()).trim()
}

/** The fee that was charged, as the open request shows it. */
export async function chargedFee(page: Page, words: Words): Promise<string> {
  return (await page.locator('.stamp dt', { hasText: words.ui('stamp.fee') }).locator('xpath=following-sibling::dd').innerText()).trim()
}

/** Files a petition by the portal's own address, as Marko; how its pages do it is another journey's matter. */
export async function petitionFrom(
  page: Page, { url, tenant, language }: { url: string; tenant: string; language: string },
): Promise<{ caseId: string; number: string }> {
  await page.goto(`${url}/${tenant}`)
  const { procedure, answers } = petition()
  const request = { procedure, answers, draftId: uuidv7(), clientKey: uuidv7(), language, applicant: { ...marko, number: '' } }
  return page.evaluate(async ({ api, body }) => {
    const { formToken } = (await (await fetch(`${api}/me`)).json()) as { formToken: string }
    const headers = { 'content-type': 'application/json', 'x-salter-token': formToken }
    return (await (await fetch(`${api}/cases`, { method: 'POST', headers, body })).json()) as { caseId: string; number: string }
  }, { api: `/api/${tenant}`, body: JSON.stringify(request) })
}

/** Sends the request and reads the receipt. */
export async function send(page: Page, words: Words, kind: 'request' | 'petition'): Promise<{ number: string; code: string }> {
  await expectAccessible(page)
  await page.getByRole('button', { name: words.ui(`portal.check.send.${kind}`), exact: true }).click()
  await page.waitForURL('**/receipt')
  await page.locator('.stamp dd').first().waitFor()
  await expectAccessible(page)
  const number = (await page.locator('.stamp dd').first().innerText()).trim()
  const code = (await page.locator('.code').first().innerText()).replace(/\s/g, '')
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/)
  return { number, code }
}

/** A clerk signs in, finds the case by its number in the list, takes its step, fills in the form and completes it. */
export async function completeStep(page: Page, words: Words, given: { url: string; tenant: string; clerk?: string; number: string; answers: Record<string, Answer> }): Promise<void> {
  const { url, tenant, clerk, number, answers } = given
  if (clerk) {
    await page.goto(`${url}/${tenant}/sign-in?as=staff&return=/${tenant}/inbox`)
    await signInAs(page, clerk)
  }
  await page.goto(`${url}/${tenant}/inbox?list=all`)
  const row = page.getByRole('link').filter({ hasText: number }).or(page.getByRole('row').filter({ hasText: number }).getByRole('link')).first()
  await row.waitFor()
  await expectAccessible(page)
  await row.click()
  await page.waitForURL('**/inbox/tasks/**')
  await page.getByRole('button', { name: words.ui('inbox.task.claim') }).click()
  const complete = page.getByRole('button', { name: words.ui('inbox.task.complete') })
  await complete.waitFor()
  await fill(page, words, answers)
  await expectAccessible(page)
  const task = page.url()
  await complete.click()
  await page.waitForURL((next) => next.href !== task)
}

/** Opens a case without login, by number and code. */
export async function openByCode(page: Page, words: Words, { url, tenant, number, code }: { url: string; tenant: string; number: string; code: string }): Promise<void> {
  await page.goto(`${url}/${tenant}/status`)
  const form = page.locator('main form').last()
  await form.locator('input').first().fill(number)
  await form.locator('input').nth(1).fill(`${code.slice(0, 5)} ${code.slice(5).toLowerCase()}`)
  await expectAccessible(page)
  await form.getByRole('button').first().click()
  await page.waitForURL('**/requests/*')
  await page.getByText(number).first().waitFor()
  await expectAccessible(page)
}

/** Waits until the open request shows an act, and fetches it as the person's own browser would. */
export async function readAct(page: Page): Promise<Buffer> {
  const link = page.locator('main a[href*="/documents/"]').first()
  // The page is asked again until the act is there: it comes within two seconds, and no page reloads itself here.
  await expect.poll(async () => {
    await page.reload()
    await page.locator('.stamp').waitFor()
    return link.count()
  }, { timeout: 15_000 }).toBeGreaterThan(0)
  const reply = await page.context().request.get(new URL((await link.getAttribute('href'))!, page.url()).href)
  expect(reply.status()).toBe(200)
  expect(reply.headers()['content-type']).toContain('application/pdf')
  return reply.body()
}
