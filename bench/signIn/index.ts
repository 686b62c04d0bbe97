/**
 * Signing in, on a whole throwaway copy with the real Keycloak: how long a person waits from the password to the first page,
 * whether two hundred who come at once each see their own, and what the look at the session costs a request.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'
import { demoPassword } from '../../server/launch/demoPassword.ts'
import { openAdminApi, type AdminApi } from '../../server/launch/realm/adminApi.ts'
import { freeFirstPort } from '../../server/launch/ports.ts'
import { startAll, type Running } from '../../server/launch/startAll.ts'
import { crowd, type Crowd } from './crowd.ts'
import { sessionCheck } from './sessionCheck.ts'

const root = join(import.meta.dirname, '..', '..')
const LOGINS = 20
const WARM_UP = 5
const PEOPLE = 200

export async function benchSignIn({ people }: { people?: number } = {}): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'salter-bench-sign-in-'))
  const asked = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => asked.abort())
  const tell = (sentence: string): void => void process.stderr.write(`${sentence}\n`)
  const running = await startAll({
    root,
    dataDir: join(folder, 'data'),
    port: await freeFirstPort(),
    tell,
    // A throwaway copy uses nothing of a town's own.
    environment: {},
    signal: asked.signal,
  })
  // Whoever stops it half-way leaves nothing running.
  const stopped = new Promise<never>((_, fail) => asked.signal.addEventListener('abort', () => fail(new Error('Stopped')), { once: true }))
  try {
    const api = await administrator(running, join(folder, 'data'))
    await Promise.race([people === undefined ? measure(running, api, tell) : measureCrowd(running, api, people), stopped])
  } finally {
    await running.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function administrator(running: Running, dataDir: string): Promise<AdminApi> {
  const { KEYCLOAK_ADMIN_USERNAME, KEYCLOAK_ADMIN_PASSWORD } =
    JSON.parse(await readFile(join(dataDir, 'environment.json'), 'utf8')) as Record<string, string>
  return openAdminApi(running.keycloakUrl, { username: KEYCLOAK_ADMIN_USERNAME!, password: KEYCLOAK_ADMIN_PASSWORD! })
}

async function measureCrowd(running: Running, api: AdminApi, people: number): Promise<void> {
  const many = await crowd(running.publicUrl, api, people)
  console.table({ [`${people} logins at once, each`]: row(many.waits) })
  tellFailures(many)
  console.log(JSON.stringify({ crowd: shown(many) }))
}

async function measure(running: Running, api: AdminApi, tell: (sentence: string) => void): Promise<void> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  const waits = await firstPages(browser, running.publicUrl)
  await browser.close()
  tell(`First page: ${JSON.stringify(row(waits.page))}`)
  const check = await sessionCheck(running.publicUrl)
  tell(`A session: ${JSON.stringify([row(check.without), row(check.with)])}`)
  const many = await crowd(running.publicUrl, api, PEOPLE)

  console.table({
    'login form shown': row(waits.form),
    'password sent → first page': row(waits.page),
    both: row(waits.form.map((ms, each) => ms + waits.page[each]!)),
    'request without a session': row(check.without),
    'request with a session': row(check.with),
    [`${many.people} logins at once, each`]: row(many.waits),
  })
  const added = (part: number): number => round(at(check.with, part) - at(check.without, part))
  const addedMs = { p50: added(0.5), p95: added(0.95) }
  console.log(`The session adds ${addedMs.p50} ms (median; p95 ${addedMs.p95} ms).`)
  tellFailures(many)
  console.log(JSON.stringify({
    first_page_ms: round(at(waits.page, 0.5)),
    form_ms: round(at(waits.form, 0.5)),
    session_added_ms: addedMs,
    crowd: shown(many),
  }))
}

function tellFailures({ people, failures, strangers, allMs }: Crowd): void {
  console.log(`Of ${people} at once: ${failures.length} failed, ${strangers} saw what is another's; all in after ${round(allMs)} ms.`)
  for (const failure of failures.slice(0, 5)) console.log(`  ${failure}`)
}

function shown({ people, failures, strangers, waits, allMs }: Crowd): Record<string, number> {
  return { people, failed: failures.length, strangers, p50_ms: round(at(waits, 0.5)), all_ms: round(allMs) }
}

/** From the click on "sign in" to Keycloak's form, and from the password to the town's page with the person's name. A fresh browser each. */
async function firstPages(browser: Browser, publicUrl: string): Promise<{ form: number[]; page: number[] }> {
  const form: number[] = []
  const page: number[] = []
  for (let round = 0; round < WARM_UP + LOGINS; round++) {
    const context = await browser.newContext({ locale: 'sr-RS' })
    const tab = await context.newPage()
    await tab.goto(`${publicUrl}/sombor/`)
    const link = tab.locator('a[href*="/sign-in"]').first()
    await link.waitFor()
    const clickedAt = performance.now()
    await link.click()
    await tab.locator('#password').waitFor()
    const shownAt = performance.now()
    await tab.locator('#username').fill('jovana.marinkovic')
    await tab.locator('#password').fill(demoPassword)
    const sentAt = performance.now()
    await tab.locator('#kc-login').click()
    await tab.locator('header').getByText('Маринковић').first().waitFor({ state: 'attached' })
    await tab.locator('main h1').first().waitFor()
    if (round >= WARM_UP) {
      form.push(shownAt - clickedAt)
      page.push(performance.now() - sentAt)
    }
    await context.close()
  }
  return { form, page }
}

function row(waits: readonly number[]): { 'median ms': number; 'p95 ms': number; 'longest ms': number } {
  return { 'median ms': round(at(waits, 0.5)), 'p95 ms': round(at(waits, 0.95)), 'longest ms': round(Math.max(...waits)) }
}

function at(waits: readonly number[], part: number): number {
  return waits.toSorted((one, other) => one - other)[Math.min(waits.length - 1, Math.floor(waits.length * part))]!
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100
}
