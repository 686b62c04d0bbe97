import { afterAll, beforeAll, expect, test } from 'vitest'
import { Outage } from '../../server/base/errors.ts'
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

test('a mistake of ours is told with a reference that finds the log line, and with nothing else', async () => {
  const lines: string[] = []
  const { makeLog } = await import('../../server/base/log.ts')
  const broken = await testWeb(town, {
    neighbors: {
      log: makeLog({}, (line) => lines.push(line)),
      contextFor: (_, actor) => ({
        ...town.contextFor(actor),
        db: { tenantId: 'sombor', transaction: () => Promise.reject(new Error('row of Ana Kovač')) },
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
