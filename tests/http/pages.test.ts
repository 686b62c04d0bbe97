import { afterAll, beforeAll, expect, test } from 'vitest'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { testTown, type TestTown } from '../support/town.ts'
import { testWeb, type TestWeb } from '../support/web.ts'

let town: TestTown
let web: TestWeb
let folder: string
const script = `export const words = ${JSON.stringify('šalter '.repeat(500))}\n`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salter-pages-'))
  for (const app of ['portal', 'inbox']) {
    await mkdir(join(folder, app), { recursive: true })
    const body = `<body class="${app}"></body>`
    await writeFile(join(folder, app, 'index.html'), `<!doctype html>\n<html lang="en" data-salter-html>\n<head><!--salter-head--></head>\n${body}</html>`)
  }
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'assets', 'main-1a2b3c.js'), script)
  await writeFile(join(folder, '..', 'salter-secret.txt'), 'secret')
  town = await testTown()
  web = await testWeb(town, { settings: { UI_DIR: folder } })
})

afterAll(async () => {
  await web.close()
  await town.close()
  await rm(folder, { recursive: true, force: true })
  await rm(join(folder, '..', 'salter-secret.txt'), { force: true })
})

const page = async (path: string, headers: Record<string, string> = {}) => {
  const reply = await fetch(web.url + path, { headers: { accept: 'text/html', ...headers }, redirect: 'manual' })
  return { status: reply.status, headers: reply.headers, text: await reply.text() }
}

test('a town’s pages come in its first language, with its name and color, and nothing inline but that one style', async () => {
  const { status, headers, text } = await page('/sombor/services/petition')

  const [, nonce] = /<style nonce="([^"]+)">/.exec(text) ?? []
  expect(status).toBe(200)
  expect(text).toContain('<html lang="sr-Latn" data-tenant="sombor">')
  expect(text).toContain('<title>Grad Sombor · Šalter</title>')
  expect(text).toContain('--town-mark:#2E8B57')
  expect(headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`)
  expect(headers.get('content-security-policy')).toContain(`script-src 'self';`)
})

test('the language chosen before is the page’s language', async () => {
  const { text } = await page('/sombor/', { cookie: 'salter_lang=sr-Cyrl', 'accept-language': 'hu' })

  expect(text).toContain('<html lang="sr-Cyrl"')
  expect(text).toContain('<title>Град Сомбор · Šalter</title>')
})

test.each([['hu-HU,hu;q=0.9,en;q=0.8', 'hu'], ['de-DE,de;q=0.9,en;q=0.5', 'en'], ['sr', 'sr-Latn'], ['bs,hr;q=0.9', 'sr-Latn']])(
  'a browser that reads %s gets a first page in %s',
  async (wanted, given) => {
    expect((await page('/sombor/', { 'accept-language': wanted })).text).toContain(`<html lang="${given}"`)
  },
)

test('each app answers at its own address, and the front door is the portal’s', async () => {
  expect((await page('/sombor/inbox/tasks/1')).text).toContain('<body class="inbox">')
  expect((await page('/sombor/inboxes')).text).toContain('<body class="portal">')
  expect((await page('/')).text).toContain('<body class="portal">')
  expect((await page('/sombor')).headers.get('location')).toBe('/sombor/')
})

test('a town that is not served here gets a page that says so, in the visitor’s language', async () => {
  const { status, headers, text } = await page('/atlantis/', { 'accept-language': 'ro-RO,ro;q=0.9' })

  expect(status).toBe(404)
  expect(headers.get('content-type')).toContain('text/html')
  expect(text).toContain('<html lang="ro">')
  expect(text).toContain('Această pagină nu există')
})

test('scripts are sent small and may be kept for good; a second visit costs nothing', async () => {
  const first = await raw('/ui/assets/main-1a2b3c.js', { 'accept-encoding': 'gzip' })
  const again = await raw('/ui/assets/main-1a2b3c.js', { 'if-none-match': String(first.headers.etag) })

  expect(first.headers).toMatchObject({
    'content-encoding': 'gzip',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': 'text/javascript; charset=utf-8',
  })
  expect(gunzipSync(first.body).toString()).toBe(script)
  expect(again.status).toBe(304)
})

test('nothing outside the folder of pages can be read', async () => {
  const ways = ['/ui/../salter-secret.txt', '/ui/%2e%2e/salter-secret.txt', '/ui/..%2fsalter-secret.txt', '/ui//etc/passwd', '/ui/%00']
  for (const path of ways) {
    expect((await raw(path)).body.toString()).not.toContain('secret')
    expect((await raw(path)).status).toBe(404)
  }
})

interface RawReply {
  status: number | undefined
  headers: Record<string, unknown>
  body: Buffer
}

/** As it goes over the wire: nothing is unpacked and no path is tidied up. */
function raw(path: string, headers: Record<string, string> = {}): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(web.url)
    const request = httpRequest({ hostname, port, path, headers }, (reply) => {
      const parts: Buffer[] = []
      reply.on('data', (part: Buffer) => parts.push(part))
      reply.on('end', () => resolve({ status: reply.statusCode, headers: reply.headers, body: Buffer.concat(parts) }))
    })
    request.on('error', reject)
    request.end()
  })
}
