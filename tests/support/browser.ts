import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core'
import { expect } from 'vitest'

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

// Debian's Chromium asks Google's hosts at each start unless told not to.
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** A headless Chromium from the machine's own packages. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: quiet })
}

/** A visitor with cookies of their own. A console error or an uncaught exception fails the journey at {@link Visitor.close}. */
export interface Visitor {
  context: BrowserContext
  page: Page
  close(): Promise<void>
}

/** Opens a fresh visitor: a phone of 360 px unless said otherwise. */
export async function newVisitor(
  browser: Browser,
  { width = 360, height = 800, locale = 'sr-RS', dark = false, more = {} }:
  { width?: number; height?: number; locale?: string; dark?: boolean; more?: BrowserContextOptions } = {},
): Promise<Visitor> {
  const colorScheme = dark ? 'dark' : 'light'
  // A button that fades from gray to its color is too pale for a tenth of a second; what is asked is how it looks when it stands still.
  const reducedMotion = 'reduce'
  const context = await browser.newContext({ viewport: { width, height }, locale, timezoneId: 'Europe/Belgrade', colorScheme, reducedMotion, ...more })
  const faults: string[] = []
  context.on('weberror', (error) => faults.push(String(error.error())))
  const page = await context.newPage()
  return {
    context,
    page,
    async close() {
      await context.close()
      expect(faults, 'uncaught errors in the page').toEqual([])
    },
  }
}

/** Fails with axe's own sentences when the page breaks WCAG 2.2 A or AA or a best practice, or needs sideways scrolling. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor() // the page is there, not only its frame
  await page.evaluate(axeSource)
  const found = await page.evaluate(async () => {
    const axe = (window as unknown as { axe: typeof import('axe-core') }).axe
    const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    return violations.map(({ id, help, nodes }) => `${id}: ${help} — ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`)
  })
  expect(found, `accessibility of ${page.url()}`).toEqual([])
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(sideways, `sideways scroll of ${page.url()}`).toBeLessThanOrEqual(0)
}

/** Signs in on Keycloak's own page, which must be open. */
export async function signInAs(page: Page, username: string, password = 'salter-demo'): Promise<void> {
  await page.locator('#username').fill(username)
  await page.locator('#password').fill(password)
  await Promise.all([page.waitForURL((url) => !url.pathname.startsWith('/realms/')), page.locator('#kc-login').click()])
}
