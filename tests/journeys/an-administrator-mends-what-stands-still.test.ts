import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { quietLog } from '../../server/base/log.ts'
import { fileCase, readExample, TownVisitor, untilTask, type Example } from '../../server/launch/journey.ts'
import { connectZeebe, type ZeebeClient } from '../../server/zeebe/client.ts'
import { zeebeReader } from '../../server/zeebe/read.ts'
import { expectAccessible, newVisitor, openBrowser, signInAs } from '../support/browser.ts'
import { startSystem, type System } from '../support/system.ts'
import { words, type Words } from '../support/words.ts'

let system: System
let browser: Browser
let latin: Words
let example: Example
let zeebe: ZeebeClient
let head: TownVisitor

beforeAll(async () => {
  ;[system, browser, latin, example] = await Promise.all([
    startSystem(), openBrowser(), words('sr-Latn', 'rs'), readExample(process.cwd(), 'petition', 'anonymous'),
  ])
  zeebe = connectZeebe({ address: system.engine.address, log: quietLog })
  head = new TownVisitor(system.url, 'sombor')
  await head.signIn('vesna.radic', 'salter-demo', 'staff')
}, 300_000)

afterAll(async () => {
  await zeebe?.close()
  await browser?.close()
  await system?.close()
})

test('a step that failed is found with its case, and goes on when the administrator says why', async () => {
  const filed = await fileCase(new TownVisitor(system.url, 'sombor'), 'petition', example, { kind: 'anonymous' })
  await untilTask(head, filed)
  await failItsStep()
  const { page, close } = await administrator()
  const ui = (key: string): string => latin.ui(`inbox.operation.${key}`)

  await page.goto(`${system.url}/sombor/inbox/operation`)
  const trouble = page.locator('.trouble').filter({ hasText: filed.number })
  await trouble.getByText(ui('kinds.job')).waitFor()
  expect(await trouble.textContent()).toContain(latin.of('petition', 'elements.triage'))
  expect(await page.title()).toBe(`${ui('title')} (1) — Šalter`)
  await expectAccessible(page)
  await trouble.getByRole('button', { name: ui('resolve') }).click()
  await trouble.getByRole('button', { name: ui('resolve') }).click()
  await trouble.getByText(ui('reasonMissing')).waitFor()
  await expectAccessible(page)
  await trouble.getByLabel(ui('reason')).fill('Službenik je objasnio šta nedostaje')
  await trouble.getByRole('button', { name: ui('resolve') }).click()

  await page.getByText(ui('nothing')).waitFor()
  await expectAccessible(page)
  expect(await incidentKeys()).toEqual([])
  await close()
})

test('whoever is no administrator has no such page in the rail, and is told that it is not theirs', async () => {
  const visitor = await newVisitor(browser, { width: 1280, height: 860 })
  const { page } = visitor
  await page.goto(`${system.url}/sombor/sign-in?${new URLSearchParams({ as: 'staff', return: '/sombor/inbox' })}`)
  await signInAs(page, 'milica.jovin')

  await page.getByRole('navigation').getByText(latin.ui('inbox.lists.mine')).waitFor()

  expect(await page.getByRole('link', { name: latin.ui('inbox.operation.title') }).count()).toBe(0)
  await visitor.close()
})

async function administrator(): Promise<{ page: Page; close(): Promise<void> }> {
  const visitor = await newVisitor(browser, { width: 1280, height: 860 })
  await visitor.page.goto(`${system.url}/sombor/sign-in?${new URLSearchParams({ as: 'staff', return: '/sombor/inbox' })}`)
  await signInAs(visitor.page, 'nikola.duvnjak')
  return visitor
}

const reader = () => zeebeReader({ url: system.engine.readAddress })

async function incidentKeys(): Promise<string[]> {
  const found = await reader().incidents({ processIdPrefix: 'sombor--' })
  return found === 'not-offered' ? [found] : found.items.map(({ key }) => key)
}

/** What a worker would do that has given up: the step of the one case there is becomes an incident. */
async function failItsStep(): Promise<void> {
  const [instance] = await search<{ processInstanceKey: string }>('process-instances', { processDefinitionId: 'sombor--petition' })
  const [job] = await search<{ jobKey: string }>('jobs', { processInstanceKey: instance!.processInstanceKey })
  await zeebe.failJob(job!.jobKey, { retries: 0, message: 'printer on fire' })
}

async function search<Item>(resource: string, filter: object): Promise<Item[]> {
  const reply = await fetch(`${system.engine.readAddress}/v2/${resource}/search`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ filter }),
  })
  return ((await reply.json()) as { items: Item[] }).items
}
