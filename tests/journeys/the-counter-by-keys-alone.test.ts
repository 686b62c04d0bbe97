import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, newVisitor, openBrowser, signInAs, type Visitor } from '../support/browser.ts'
import { startSystem, type System } from '../support/system.ts'
import { words, type Words } from '../support/words.ts'

// Synthetic: a woman born on 14 March 1991.
const number = '1403991815121'
const email = 'milena.petrovic@primer.example'
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

test('a clerk registers a citizen from the first key to the printed slip, by keys alone and in under a minute of typing', async () => {
  const { page, close } = await atTheCounter()
  const keys = keysOf(page)
  const began = Date.now()

  // nobody has this number, so Enter begins somebody new with it
  await keys.type(number)
  await keys.press('Enter')
  await page.locator('#f-familyName:focus').waitFor()
  expect(await page.locator('#f-number').inputValue()).toBe(number)
  await page.locator('.told').filter({ hasText: latin.ui('counter.new.sex.female') }).waitFor()
  for (const text of ['Petrović', 'Milena', email, '0641234567']) {
    await keys.type(text)
    await keys.press('Tab')
  }
  await keys.press('F4')
  await keys.type('1')
  await page.locator('#f-document-number:focus').waitFor()
  await keys.type('008123456')
  await keys.press('Tab')
  await keys.type('24112030')
  await keys.press('Tab')
  // the consent has been read out, and she agrees
  await page.locator('blockquote').waitFor()
  await keys.press('Space')
  await expectAccessible(page)
  await keys.press('F10')

  await page.locator('.paper .code').waitFor()
  await expect.poll(() => printed(page)).toBe(1)
  const tookMs = Date.now() - began
  // Forty words of five letters a minute: what a clerk types who looks at the keys.
  const typingSeconds = keys.count() / (40 * 5 / 60)
  console.info(`Registered with ${keys.count()} keys: ${Math.round(typingSeconds)} s of typing, ${(tookMs / 1000).toFixed(1)} s here`)
  expect(typingSeconds).toBeLessThan(60)
  expect(await page.locator('.paper .code').innerText()).toMatch(/^[0-9A-HJKMNP-TV-Z]{4} [0-9A-HJKMNP-TV-Z]{4}$/)
  expect(await page.locator('.paper').innerText()).toContain(email)
  expect(await page.locator('.paper svg.qr').count()).toBe(1)
  expect((await system.mailTo(email)).to).toContain(email)

  // the slip is there again after a reload, and is printed when asked for
  await page.reload()
  await page.locator('.paper .code').waitFor()
  expect(await printed(page)).toBe(0)
  await keys.press('F10')
  await expect.poll(() => printed(page)).toBe(1)
  await page.getByText(latin.ui('counter.registration.states.waiting')).waitFor()
  await expectAccessible(page)
  await close()
}, 180_000)

test('a request is filed by keys alone for a person the town knows, found without marks in the other script', async () => {
  const { page, close } = await atTheCounter({ width: 1920, height: 1080, dark: true })
  const keys = keysOf(page)

  await keys.type('милена петр')
  await page.locator('#found-0').waitFor()
  await expectAccessible(page)
  await keys.press('Enter')
  await page.locator('.personcard').waitFor()
  await page.locator('input[name="service"]:focus').waitFor()
  await keys.type(await digitOf(page, latin.of('petition', 'title')))
  await page.locator('.caseform :focus').waitFor()
  // what is missing is told, and each line leads to its place
  await keys.press('F10')
  await page.locator('.errors:focus').waitFor()
  await expectAccessible(page)
  await keys.press('Tab')
  await keys.press('Enter')
  await page.locator('.caseform :focus').waitFor()
  await keys.press('Space')
  await keys.press('Tab')
  await keys.type('Rasveta u ulici')
  await keys.press('Tab')
  await keys.type('U ulici Lenke Dunđerski ne radi rasveta već nedelju dana.')
  await tabTo(page, 'f-answerChannel')
  await keys.press('Space')
  await keys.press('F10')

  const paper = page.locator('.paper')
  await paper.waitFor()
  await expect.poll(() => printed(page)).toBe(1)
  expect((await paper.innerText()).replace(/\s+/g, ' ')).toContain(latin.ui('counter.paper.byClerk', { clerk: 'Ђорђе Станчић' }))
  await expectAccessible(page)
  const number = (await paper.locator('.big').first().innerText()).trim()

  // the next person; the one before has one thing more with us
  await keys.press('F9')
  await page.locator('#find:focus').waitFor()
  await keys.type(number)
  await keys.press('Enter')
  await page.locator('.personcard').filter({ hasText: number }).waitFor()
  await keys.press('Escape')
  await page.getByRole('button', { name: 'Milena Petrović' }).waitFor()
  await page.setViewportSize({ width: 360, height: 800 })
  await expectAccessible(page)
  await close()
}, 180_000)

test('who does not work at a counter finds a door', async () => {
  const { page, close } = await arrive('ana.kovac')
  await page.getByRole('heading', { name: latin.ui('counter.door.notYours') }).waitFor()
  await expectAccessible(page)
  await close()
}, 60_000)

async function atTheCounter(look: Parameters<typeof newVisitor>[1] = { width: 1280, height: 860 }): Promise<Visitor> {
  const visitor = await arrive('djordje.stancic', look)
  await visitor.page.locator('#find:focus').waitFor()
  await visitor.page.locator('.services').waitFor()
  await expectAccessible(visitor.page)
  return visitor
}

async function arrive(username: string, look: Parameters<typeof newVisitor>[1] = {}): Promise<Visitor> {
  const visitor = await newVisitor(browser, look)
  await visitor.page.addInitScript(() => {
    localStorage.setItem('salter.language', 'sr-Latn')
    // A headless browser has no printer: what is asked of it is counted.
    Object.assign(window, { printed: 0, print: () => void (window as unknown as { printed: number }).printed++ })
  })
  await visitor.page.goto(`${system.url}/sombor/sign-in?${new URLSearchParams({ as: 'staff', return: '/sombor/counter' })}`)
  await signInAs(visitor.page, username)
  return visitor
}

const printed = (page: Page): Promise<number> => page.evaluate(() => (window as unknown as { printed: number }).printed)

/** By Tab to the question with this name; fails when it is nowhere in the next fields. */
async function tabTo(page: Page, name: string): Promise<void> {
  const focused = (): Promise<string> => page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.name ?? '')
  for (let tabs = 0; tabs < 8 && (await focused()) !== name; tabs++) await page.keyboard.press('Tab')
  expect(await focused()).toBe(name)
}

/** The digit by which a service is chosen. */
async function digitOf(page: Page, title: string): Promise<string> {
  return (await page.locator('.services .opt', { hasText: title }).locator('kbd').innerText()).trim()
}

/** A keyboard that counts. */
function keysOf({ keyboard }: Page) {
  let count = 0
  return {
    count: () => count,
    async type(text: string): Promise<void> {
      count += [...text].length
      await keyboard.type(text)
    },
    async press(key: string): Promise<void> {
      count++
      await keyboard.press(key)
    },
  }
}
