import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { noteFee } from '../../server/cases/noteFee.ts'
import { CasePage, MyCases, Receipt } from '../../server/http/contract/cases.ts'
import { systemActor } from '../../server/identity/actor.ts'
import { extract, marko, nobody, petition } from '../support/filing.ts'
import { citizen, testTown, type TestTown } from '../support/town.ts'
import { testWeb, type Browser, type TestWeb } from '../support/web.ts'

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

const file = (browser: Browser, request: object) => browser.change<Receipt>('POST', '/cases', request)

test('a citizen files an extract, gets a receipt, and finds the request among their own', async () => {
  const browser = await web.browser(await citizen(town))

  const { status, body: receipt } = await file(browser, extract())

  expect(status).toBe(200)
  expect(Receipt.parse(receipt)).toMatchObject({
    number: expect.stringMatching(/^IV-201-\d+\/2026$/),
    code: expect.stringMatching(/^[0-9A-Z]{10}$/),
  })
  const mine = MyCases.parse((await browser.get('/cases?language=sr-Latn')).body)
  expect(mine.cases.map(({ id }) => id)).toEqual([receipt.caseId])
  const page = CasePage.parse((await browser.get(`/cases/${receipt.caseId}?language=sr-Latn`)).body)
  expect(page).toMatchObject({ number: receipt.number, status: 'received', unit: 'Matična služba' })
})

test('the answers on the case page are words of the reader’s language, and a personal number is masked', async () => {
  const browser = await web.browser(await citizen(town, { number: '1503985810120' }))
  const { body: receipt } = await file(browser, extract())

  const { answers } = CasePage.parse((await browser.get(`/cases/${receipt.caseId}?language=en`)).body)

  const value = (key: string): string | undefined => answers.find((row) => row.key === key)?.value
  expect(value('kind')).toBe('birth register extract')
  expect(value('personalNumber')).toBe('••••••••••\u00a0035')
  expect(value('birthDate')).toBe('23 July 1990')
  expect(answers[0]?.group).toBe('What you need')
})

test('a fee that is still to be worked out is not told as none; afterwards it is told', async () => {
  const browser = await web.browser(await citizen(town, { number: '3112985899995' }))
  const { body: receipt } = await file(browser, extract())
  const { body: free } = await file(browser, petition())

  await noteFee(town.contextFor(systemActor('test')), receipt.caseId, 52_000)
  const { fee } = CasePage.parse((await browser.get(`/cases/${receipt.caseId}`)).body)

  expect(receipt).not.toHaveProperty('fee')
  expect(free.fee).toBeNull()
  expect(fee).toEqual({ minor: 52_000, currency: 'RSD' })
})

test('a double click on send files once and shows the same receipt twice', async () => {
  const browser = await web.browser()
  const request = petition()

  const [first, second] = await Promise.all([file(browser, request), file(browser, request)])

  expect([first.status, second.status]).toEqual([200, 200])
  expect(second.body).toEqual(first.body)
})

test('whoever files without an account reads the request at once, and later by number and code', async () => {
  const browser = await web.browser()
  const { body: receipt } = await file(browser, petition())

  const atOnce = await browser.get(`/cases/${receipt.caseId}`)
  const later = await web.browser()
  const closed = await later.get(`/cases/${receipt.caseId}`)
  const opened = await later.change('POST', '/status', {
    number: receipt.number.toLowerCase(),
    code: `${receipt.code.slice(0, 5)} ${receipt.code.slice(5)}`,
  })
  const page = await later.get(`/cases/${receipt.caseId}`)

  expect(atOnce.status).toBe(200)
  expect(closed.status).toBe(404)
  expect(opened.body).toEqual({ caseId: receipt.caseId })
  expect(page.status).toBe(200)
})

test('a request opened by code closes again after half an hour', async () => {
  const browser = await web.browser()
  const { body: receipt } = await file(browser, petition())

  town.clock.advance(30 * 60_000)

  expect((await browser.get(`/cases/${receipt.caseId}`)).status).toBe(404)
})

test('number and code of two different requests open neither', async () => {
  const browser = await web.browser()
  const { body: one } = await file(browser, petition())
  const { body: other } = await file(browser, petition())

  const { status, body } = await (await web.browser()).change('POST', '/status', { number: one.number, code: other.code })

  expect(status).toBe(404)
  expect(body.code).toBe('number-or-code-wrong')
})

test('someone else’s request does not exist, whether signed in or not', async () => {
  const { body: receipt } = await file(await web.browser(await citizen(town, { number: '0101990710006' })), extract())

  const stranger = await web.browser(await citizen(town, { number: '2802975715014' }))

  expect((await stranger.get(`/cases/${receipt.caseId}`)).status).toBe(404)
  expect((await (await web.browser()).get(`/cases/${receipt.caseId}/receipt.pdf`)).status).toBe(404)
})

test('an extract is not filed without signing in, and the page is told which level it needs', async () => {
  const { status, body } = await (await web.browser()).change('POST', '/cases', extract())

  expect(status).toBe(401)
  expect(body).toMatchObject({ code: 'level-too-low', facts: { needed: 'password', has: 'anonymous' } })
})

test('a wrong check digit and a missing field are told with their fields', async () => {
  const browser = await web.browser()
  const request = petition({
    applicant: { ...marko, familyName: '', number: '1503985810121' },
    answers: { ...petition().answers, subject: '' },
  })

  const { status, body } = await browser.change<{ code: string; faults: { field: string; code: string }[] }>('POST', '/cases', request)

  expect(status).toBe(400)
  expect(body.code).toBe('form-has-faults')
  expect(body.faults).toEqual(expect.arrayContaining([
    expect.objectContaining({ field: 'subject', code: 'required' }),
    expect.objectContaining({ field: 'applicant.familyName', code: 'required' }),
    expect.objectContaining({ field: 'applicant.number', code: 'check-digit', warning: false }),
  ]))
})

test('a request filed while the engine is down is kept and gets its number', async () => {
  town.engine.isDown = true

  const { status, body } = await file(await web.browser(), petition())

  town.engine.isDown = false
  expect(status).toBe(200)
  expect(body.number).not.toBe('')
})

test('the receipt comes as a PDF that shows nothing to other sites', async () => {
  const browser = await web.browser()
  const { body: receipt } = await file(browser, petition({ applicant: nobody }))

  const reply = await browser.fetch(`/api/sombor/cases/${receipt.caseId}/receipt.pdf?language=sr-Latn`)
  const bytes = Buffer.from(await reply.arrayBuffer())

  expect(reply.headers.get('content-type')).toBe('application/pdf')
  expect(reply.headers.get('cache-control')).toBe('private, no-store')
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
})

test('what is not of the agreed form is refused with the fields named, and nothing is filed', async () => {
  const browser = await web.browser()

  const { status, body } = await browser.change('POST', '/cases', { ...petition(), clientKey: 'twice', language: 'de' })

  expect(status).toBe(400)
  expect(body).toMatchObject({ code: 'request-not-understood', facts: { fields: ['clientKey', 'language'] } })
})

test('a draft id of somebody else neither opens nor is overwritten', async () => {
  const draftId = uuidv7()
  const mine = await web.browser()
  const draft = { procedure: 'petition', answers: { subject: 'Rasveta' }, applicant: {}, page: 0 }
  expect((await mine.change('PUT', `/drafts/${draftId}`, draft)).status).toBe(200)

  const stranger = await web.browser()

  expect((await stranger.get(`/drafts/${draftId}`)).status).toBe(404)
  expect((await stranger.change('PUT', `/drafts/${draftId}`, { ...draft, answers: {} })).status).toBe(404)
  expect((await mine.get('/drafts?procedure=petition')).body).toMatchObject({ id: draftId, answers: { subject: 'Rasveta' } })
})
