/**
 * `npm run look`: every page in each language, light and dark, at 360 and 1280 px, as pictures under `.data/look` with a sheet
 * to leaf through (`index.html`). Runs on a throwaway copy with one finished case, one that waits, one petition, and a draft.
 *
 *   --pages home,task     only these        --languages ro,hu     only these        --to DIR     elsewhere
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Browser, type BrowserContext } from 'playwright-core'
import { demoPassword } from './demoPassword.ts'
import { completeTask, fileCase, leaveDraft, readExample, TownVisitor, untilAct, untilTask } from './journey.ts'
import { freeFirstPort } from './ports.ts'
import { startAll, type Running } from './startAll.ts'

const root = resolve(import.meta.dirname, '..', '..')
const allLanguages = ['sr-Latn', 'sr-Cyrl', 'bg', 'ro', 'hu', 'en']
const themes = ['light', 'dark'] as const
const widths = [360, 1280] as const

const { values } = parseArgs({ options: { pages: { type: 'string' }, languages: { type: 'string' }, to: { type: 'string' } } })
const languages = values.languages?.split(',') ?? allLanguages
const to = values.to ? resolve(process.env.INIT_CWD ?? '.', values.to) : join(root, '.data', 'look')
const asked = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => asked.abort())

// Panels fade in within 220 ms (ui/shared/tokens.css).
const PAUSE_MS = 300

const people = { citizen: 'jovana.marinkovic', clerk: 'ana.kovac', administrator: 'nikola.duvnjak' }

/** One page to look at: where it is, and as whom. */
interface Look {
  name: string
  path: string
  as: 'anybody' | 'citizen' | 'clerk' | 'administrator'
}

const folder = await mkdtemp(join(tmpdir(), 'salter-look-'))
let running: Running | undefined
try {
  running = await startAll({
    root,
    dataDir: join(folder, 'data'),
    port: await freeFirstPort(),
    tell: (sentence) => console.log(sentence),
    environment: {},
    signal: asked.signal,
  })
  const looks = (await pagesOf(running)).filter(({ name }) => !values.pages || values.pages.split(',').includes(name))
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-sync',
    ],
  })
  await takePictures(browser, running.publicUrl, looks)
  await browser.close()
  await writeFile(join(to, 'index.html'), sheet(looks))
  console.log(`${looks.length * languages.length * themes.length * widths.length} pictures: ${join(to, 'index.html')}`)
} finally {
  await running?.stop()
  await rm(folder, { recursive: true, force: true })
}
process.exit()

/** Makes something to look at, and lists the pages. */
async function pagesOf({ publicUrl }: Running): Promise<Look[]> {
  const example = await readExample(root, 'register-extract', 'good')
  const { tenant } = example
  const citizen = new TownVisitor(publicUrl, tenant)
  const clerk = new TownVisitor(publicUrl, tenant)
  await citizen.signIn(people.citizen, demoPassword, 'citizen')
  await clerk.signIn(people.clerk, demoPassword, 'staff')
  const finished = await fileCase(citizen, 'register-extract', example)
  await completeTask(clerk, await untilTask(clerk, finished), example.steps[0]?.answers ?? {})
  const act = await untilAct(citizen, finished)
  const waiting = await fileCase(citizen, 'register-extract', example)
  const task = await untilTask(clerk, waiting)
  await leaveDraft(citizen, 'register-extract', await readExample(root, 'register-extract', 'two-copies-on-paper-in-hungarian'))
  const page = (name: string, path: string, as: Look['as'] = 'anybody'): Look => ({ name, path, as })
  return [
    page('towns', '/'),
    page('home', `/${tenant}/`),
    page('catalogue', `/${tenant}/services`),
    page('procedure', `/${tenant}/services/register-extract`),
    page('sign-in', `/${tenant}/sign-in`),
    page('apply', `/${tenant}/services/register-extract/apply`, 'citizen'),
    // The last page, however many there are before it.
    page('check-answers', `/${tenant}/services/register-extract/apply?step=99`, 'citizen'),
    page('petition', `/${tenant}/services/petition/apply`),
    page('my', `/${tenant}/my`, 'citizen'),
    page('request', `/${tenant}/requests/${waiting.caseId}`, 'citizen'),
    page('request-finished', `/${tenant}/requests/${finished.caseId}`, 'citizen'),
    page('status', `/${tenant}/status`),
    page('verify', `/${tenant}/verify/${act.verifyCode}`),
    page('not-found', `/${tenant}/nowhere`),
    page('inbox', `/${tenant}/inbox`, 'clerk'),
    page('task', `/${tenant}/inbox/tasks/${task}`, 'clerk'),
    page('operation', `/${tenant}/inbox/operation`, 'administrator'),
    page('help', `/${tenant}/inbox/help`, 'administrator'),
    page('rights', `/${tenant}/inbox/rights`, 'administrator'),
    page('rights-of-one', `/${tenant}/inbox/rights?of=registrar`, 'administrator'),
  ]
}

async function takePictures(browser: Browser, publicUrl: string, looks: readonly Look[]): Promise<void> {
  const cookies = {
    anybody: [],
    citizen: await signedIn(browser, publicUrl, people.citizen, 'citizen'),
    clerk: await signedIn(browser, publicUrl, people.clerk, 'staff'),
    administrator: await signedIn(browser, publicUrl, people.administrator, 'staff'),
  }
  for (const language of languages) {
    for (const theme of themes) {
      for (const width of widths) {
        for (const as of ['anybody', 'citizen', 'clerk', 'administrator'] as const) {
          const viewport = { width, height: width === 360 ? 780 : 860 }
          const context = await browser.newContext({ viewport, colorScheme: theme, locale: language, timezoneId: 'Europe/Belgrade' })
          await context.addCookies([...cookies[as], { name: 'salter_lang', value: language, url: publicUrl }])
          await context.addInitScript((chosen) => localStorage.setItem('salter.language', chosen), language)
          for (const look of looks.filter((each) => each.as === as)) {
            await takePicture(context, publicUrl, look, language, `${language}-${theme}-${width}.png`)
          }
          await context.close()
        }
      }
    }
    console.log(`${language} is done`)
  }
}

async function signedIn(
  browser: Browser, publicUrl: string, username: string, as: string,
): Promise<Awaited<ReturnType<BrowserContext['cookies']>>> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${publicUrl}/sombor/sign-in?${new URLSearchParams({ as, return: '/sombor/' })}`)
  await page.fill('#username', username)
  await page.fill('#password', demoPassword)
  await Promise.all([page.waitForURL((url) => url.href.startsWith(publicUrl)), page.click('#kc-login')])
  const cookies = await context.cookies()
  await context.close()
  return cookies
}

async function takePicture(
  context: BrowserContext, publicUrl: string, { name, path }: Look, language: string, file: string,
): Promise<void> {
  const page = await context.newPage()
  // A sign-in page is asked for in the language of the picture, as the portal's link does.
  await page.goto(`${publicUrl}${path}${name === 'sign-in' ? `?language=${language}` : ''}`)
  await page.locator('h1').first().waitFor()
  // The inbox keeps a stream open, so the network never falls silent; fonts and the last answer are enough.
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(PAUSE_MS)
  await mkdir(join(to, name), { recursive: true })
  await page.screenshot({ path: join(to, name, file), fullPage: true })
  await page.close()
}

function sheet(looks: readonly Look[]): string {
  const pictures = languages.flatMap((language) => widths.flatMap((width) => themes.map((theme) => `${language}-${theme}-${width}.png`)))
  const picture = (name: string, file: string): string =>
    `<a href="${name}/${file}"><img loading="lazy" src="${name}/${file}" alt="${name}, ${file}" height="320"></a>`
  const rows = looks.map(({ name }) => `<h2>${name}</h2><div>${pictures.map((file) => picture(name, file)).join('')}</div>`)
  return `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Every page</title><style>
body { font: 1rem system-ui; margin: 1rem; background: #777 } div { display: flex; gap: .5rem; overflow-x: auto } h2 { color: #fff }
</style><h1>Every page</h1>${rows.join('')}</html>`
}
