import { afterAll, beforeAll, expect, test } from 'vitest'
import { once } from 'node:events'
import { connect } from 'node:net'
import { v7 as uuidv7 } from 'uuid'
import { Outage } from '../../server/base/errors.ts'
import type { Receipt } from '../../server/http/contract/cases.ts'
import { StartForm } from '../../server/http/contract/catalogue.ts'
import { Me, Town } from '../../server/http/contract/town.ts'
import { petition } from '../support/filing.ts'
import { citizen, clerk, testTown, type TestTown } from '../support/town.ts'
import { testWeb, type TestWeb } from '../support/web.ts'

let town: TestTown
let web: TestWeb

beforeAll(async () => {
  town = await testTown()
  web = await testWeb(town)
})

afterAll(async () => {
  await web.close()
  await town.close()
})

test('a change without the form’s token is refused, and one with another browser’s token too', async () => {
  const browser = await web.browser()
  await browser.get('/me')
  const own = (await browser.get<Me>('/me')).body.formToken
  const others = (await (await web.browser()).get<Me>('/me')).body.formToken
  const post = async (token: string | undefined): Promise<unknown> => {
    browser.token = token
    const reply = await browser.fetch('/api/sombor/cases', {
      method: 'POST',
      body: JSON.stringify(petition()),
      headers: { 'content-type': 'application/json' },
    })
    return reply.status === 200 ? 200 : ((await reply.json()) as { code: string }).code
  }

  const answers = [await post(undefined), await post(others), await post(own)]

  expect(answers).toEqual(['form-token-wrong', 'form-token-wrong', 200])
})

test('a change that another site’s page sends is refused even with the right token', async () => {
  const browser = await web.browser()
  browser.token = (await browser.get<Me>('/me')).body.formToken

  const reply = await browser.fetch('/api/sombor/status', {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' },
  })

  expect(reply.status).toBe(403)
})

test('a guesser of access codes is stopped after ten tries in a minute and told how long to wait', async () => {
  const guessed = await testWeb(town)
  const browser = await guessed.browser()
  const guess = () => browser.change('POST', '/status', { number: 'IV-201-1/2026', code: '0123456789' })
  for (let tries = 1; tries <= 10; tries++) expect((await guess()).status).toBe(404)

  const { status, body, headers } = await guess()

  await guessed.close()
  expect(status).toBe(429)
  expect(body.code).toBe('too-many-attempts')
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
})

test('whoever changes the address within one network of IPv6 is counted as one, and IPv4 has one name', async () => {
  const behindProxy = await testWeb(town, { settings: { PUBLIC_URL: 'https://salter.example' } })
  const browser = await behindProxy.browser()
  await browser.change('POST', '/status', {})
  const guess = async (address: string): Promise<number> => (await browser.fetch('/api/sombor/status', {
    method: 'POST',
    body: JSON.stringify({ number: 'IV-201-1/2026', code: '0123456789' }),
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
  })).status
  for (let tries = 1; tries <= 5; tries++) await Promise.all([guess(`2001:db8:0:7::${tries}`), guess(`2001:db8:0:7:ffff:0:0:${tries}`)])
  for (let tries = 1; tries <= 10; tries++) await guess('::ffff:192.0.2.1')

  const statuses = [await guess('2001:DB8::7:1:2:3:4'), await guess('2001:db8:0:8::1'), await guess('192.0.2.1'), await guess('192.0.2.2')]

  await behindProxy.close()
  expect(statuses).toEqual([429, 404, 429, 404])
})

test('papers are drawn at a bounded pace', async () => {
  const drawn = await testWeb(town)
  const browser = await drawn.browser()

  const statuses: number[] = []
  for (let asked = 0; asked < 61; asked++) {
    statuses.push((await browser.get('/cases/01930000-0000-7000-8000-000000000003/receipt.pdf')).status)
  }

  await drawn.close()
  expect([statuses[59], statuses[60]]).toEqual([404, 429])
})

test('a body larger than any form is refused', async () => {
  const { status, body } = await (await web.browser()).change('POST', '/cases', {
    ...petition(),
    answers: { petitionText: 'a'.repeat(300_000) },
  })

  expect(status).toBe(413)
  expect(body.code).toBe('request-too-large')
})

test('an unknown address answers with a code, not with a stack', async () => {
  const unknown = await (await web.browser()).get('/nothing-here')

  expect(unknown.status).toBe(404)
  expect(unknown.body).toEqual({ code: 'not-found', facts: {} })
  expect(unknown.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
})

test('a crippled address, query or body is refused, and never a mistake of ours', async () => {
  const addresses = ['/%E0%A4%A', '/api/%E0%A4%A/town', '/api/sombor/verify/%E0%A4%A', '/ui/%E0%A4%A', '/api/sombor/catalogue?language=en&language=hu&q[]=1']
  const statuses = await Promise.all(addresses.map(async (path) => (await fetch(web.url + path)).status))
  const browser = await web.browser()
  await browser.change('POST', '/status', {})
  const post = async (body: string, type = 'application/json'): Promise<number> =>
    (await browser.fetch('/api/sombor/status', { method: 'POST', body, headers: { 'content-type': type } })).status

  expect(statuses.filter((status) => status >= 500)).toEqual([])
  expect(await Promise.all([post('{"number":'), post('[]'), post('null'), post('number=1', 'text/plain')])).toEqual([400, 400, 400, 400])
})

test('signs that no database keeps, and nesting that no form has, are refused in any place', async () => {
  const browser = await web.browser()
  const draft = (answers: unknown): unknown => ({ procedure: 'petition', answers, applicant: { givenName: 'Ана' }, page: 0 })
  const save = async (answers: unknown): Promise<number> =>
    (await browser.change('PUT', '/drafts/01930000-0000-7000-8000-000000000001', draft(answers))).status
  let deep: unknown = 'x'
  for (let level = 0; level < 2000; level++) deep = [deep]

  const bodies: number[] = []
  for (const answers of [{ subject: 'a\u0000b' }, { 'a\u0000b': 1 }, { subject: 'half a pair \ud83d' }, { deep }]) bodies.push(await save(answers))
  const gets: number[] = []
  for (const path of ['/verify/%00', '/drafts?procedure=%00', '/catalogue?language=en&q=%00']) gets.push((await browser.get(path)).status)

  expect(bodies).toEqual([400, 400, 400, 400])
  expect(gets).toEqual([400, 400, 400])
})

test('a cursor that only looks like one is refused', async () => {
  const ana = await web.browser(clerk(town, 'ana.kovac'))
  const after = Buffer.from(`2026-11-24T09:00:00.000Z ${'-'.repeat(36)}`).toString('base64url')

  expect((await ana.get(`/inbox/tasks?list=all&language=en&after=${after}`)).status).toBe(400)
})

test('a body too large that has no length and keeps coming is answered, not cut', async () => {
  const browser = await web.browser()
  await browser.change('POST', '/status', {})
  const { hostname, port } = new URL(web.url)
  const socket = connect(Number(port), hostname)
  let heard = ''
  socket.on('data', (part) => (heard += String(part)))
  socket.write([
    'POST /api/sombor/status HTTP/1.1',
    `host: ${hostname}`,
    'content-type: application/json',
    'transfer-encoding: chunked',
    'connection: close',
    `cookie: ${[...browser.cookies].map((pair) => pair.join('=')).join('; ')}`,
    `x-salter-token: ${browser.token}`,
    '',
    '',
  ].join('\r\n'))
  const part = 'a'.repeat(64 * 1024)
  for (let sent = 0; sent < 32; sent++) socket.write(`${part.length.toString(16)}\r\n${part}\r\n`)
  socket.write('0\r\n\r\n')

  const ended = await once(socket, 'close').then(() => 'closed', (error: NodeJS.ErrnoException) => error.code)

  expect([ended, heard.split('\r\n')[0]]).toEqual(['closed', 'HTTP/1.1 413 Payload Too Large'])
})

test('whoever signs out leaves nothing open to the next person at the same computer: no login, no case, no draft', async () => {
  const browser = await web.browser()
  const { body: receipt } = await browser.change<Receipt>('POST', '/cases', petition())
  await browser.change('PUT', `/drafts/${uuidv7()}`, { procedure: 'petition', answers: { subject: 'Rasveta' }, applicant: {}, page: 0 })
  const opens = async (cookies: ReadonlyMap<string, string>): Promise<number[]> => {
    const next = await web.browser()
    for (const [name, value] of cookies) next.cookies.set(name, value)
    const asked = [`/cases/${receipt.caseId}?language=en`, '/drafts?procedure=petition'].map((path) => next.get(path))
    return (await Promise.all(asked)).map(({ status }) => status)
  }
  const [before, caseCookie] = [await opens(browser.cookies), browser.cookies.get('salter_code_sombor')!]

  await browser.fetch('/sombor/sign-out', { method: 'POST' })

  expect(before).toEqual([200, 200])
  expect(await opens(browser.cookies)).toEqual([404, 404])
  // Also for someone who has copied the cookie: the session itself has ended.
  expect(await opens(new Map([['salter_code_sombor', caseCookie]]))).toEqual([404, 404])
})

test('a mistake of ours is told with a reference that finds the log line, and with nothing else', async () => {
  const lines: string[] = []
  const { makeLog } = await import('../../server/base/log.ts')
  const fails = (): Promise<never> => Promise.reject(new Error('row of Ana Kovač'))
  const broken = await testWeb(town, {
    neighbors: {
      log: makeLog({}, (line) => lines.push(line)),
      contextFor: (_, actor) => ({
        ...town.contextFor(actor),
        db: { tenantId: 'sombor', transaction: fails, ask: fails },
      }),
    },
  })

  const reply = await fetch(`${broken.url}/api/sombor/verify/ABC`)
  const body = (await reply.json()) as { code: string; reference: string }

  await broken.close()
  expect(reply.status).toBe(500)
  expect(body).toEqual({ code: 'unexpected', facts: {}, reference: reply.headers.get('x-request-id') })
  expect(lines.some((line) => line.includes(body.reference) && line.includes('"failed"'))).toBe(true)
})

test('readiness says which neighbor is missing; health only that the process answers', async () => {
  const notReady = await testWeb(town, { neighbors: { ready: () => Promise.reject(new Outage('zeebe')) } })

  const [health, ready] = [await fetch(`${notReady.url}/health`), await fetch(`${notReady.url}/ready`)]

  await notReady.close()
  expect(health.status).toBe(200)
  expect(ready.status).toBe(503)
  expect(await ready.json()).toEqual({ code: 'neighbor-down', facts: { system: 'zeebe' } })
})

test('a page is told who it speaks to: nobody, a citizen with what is known, a clerk with units', async () => {
  const nobody = Me.parse((await (await web.browser()).get('/me')).body)
  const jovana = Me.parse((await (await web.browser(await citizen(town))).get('/me')).body)
  const ana = Me.parse((await (await web.browser(clerk(town, 'ana.kovac'))).get('/me?language=hu')).body)

  expect(nobody).toMatchObject({ signedIn: false, level: 'anonymous', contact: null, endsAt: null })
  expect(jovana).toMatchObject({
    signedIn: true,
    staff: false,
    level: 'password',
    initials: 'ЈМ',
    contact: { familyName: 'Маринковић', personalNumberMask: '••••••••••\u00a0035' },
  })
  expect(ana).toMatchObject({
    staff: true,
    roles: ['case-clerk', 'registrar'],
    units: [{ id: 'registry', name: 'Anyakönyvi hivatal' }],
    contact: null,
  })
})

test('a town tells its name, color and hours of the day in the reader’s language', async () => {
  const told = Town.parse((await (await web.browser()).get('/town?language=sr-Latn')).body)

  expect(told).toMatchObject({
    name: 'Grad Sombor',
    color: { mark: '#2E8B57', hue: expect.closeTo(154.9, 0) },
    openToday: { from: '07:30', to: '15:30' },
    numberExample: 'IV-201-1842/2026',
    demo: true,
  })
  expect(told.color.chroma).toBeLessThanOrEqual(0.13)
})

test('the front door lists the towns', async () => {
  const towns = await (await fetch(`${web.url}/api/towns`)).json()

  expect(towns).toMatchObject([{ id: 'sombor', firstLanguage: 'sr-Latn', mark: '#2E8B57' }])
})

test('the catalogue finds a Cyrillic title by a Latin word, and a procedure shows its form in words', async () => {
  const browser = await web.browser()

  const { body: found } = await browser.get<{ entries: { id: string }[] }>('/catalogue?language=sr-Cyrl&q=izvod')
  const form = StartForm.parse((await browser.get('/procedures/register-extract/form?language=sr-Cyrl')).body)

  expect(found.entries.map(({ id }) => id)).toContain('register-extract')
  expect(JSON.stringify(form)).not.toMatch(/"forms\./)
  expect(form.schema.components[0]).toMatchObject({ label: 'Шта вам треба' })
})

test('the contract can be read as OpenAPI', async () => {
  const document = (await (await fetch(`${web.url}/api/openapi.json`)).json()) as { paths: Record<string, object> }

  expect(Object.keys(document.paths)).toContain('/api/{tenant}/cases')
})
