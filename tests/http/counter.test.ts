import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { receiptPdf } from '../../server/cases/letters/receiptPdf.ts'
import { CasePage, MyCases, Receipt } from '../../server/http/contract/cases.ts'
import { systemActor, type Actor } from '../../server/identity/actor.ts'
import { extract, marko, nobody, petition } from '../support/filing.ts'
import { pdfText } from '../support/pdfText.ts'
import { citizen, clerk, testTown, type TestTown } from '../support/town.ts'
import { testWeb, type Browser, type TestWeb } from '../support/web.ts'

let town: TestTown
let web: TestWeb
let djordje: Actor
let jovana: Actor

beforeAll(async () => {
  town = await testTown()
  web = await testWeb(town)
  djordje = clerk(town, 'djordje.stancic')
  jovana = await citizen(town)
})

afterAll(async () => {
  await web.close()
  await town.close()
})

const file = (browser: Browser, request: object) => browser.change<Receipt>('POST', '/counter/cases', request)
/** As the counter fills it in for somebody the town knows: no number and no name is typed. */
const forJovana = () => ({ ...extract({ applicant: { ...nobody, kind: 'person', delivery: 'pick-up' } }), knownPersonId: jovana.personId })

test('a clerk files for a person the town knows, and the person finds the request among their own', async () => {
  const { status, body: receipt } = await file(await web.browser(djordje), forJovana())

  expect(status).toBe(200)
  expect(Receipt.parse(receipt)).toMatchObject({ channel: 'counter', code: expect.stringMatching(/^[0-9A-Z]{10}$/) })
  const mine = MyCases.parse((await (await web.browser(jovana)).get('/cases?language=sr-Latn')).body)
  expect(mine.cases.map(({ id }) => id)).toContain(receipt.caseId)
})

test('the audit names who filed for whom', async () => {
  const { body: receipt } = await file(await web.browser(djordje), forJovana())

  const entries = await town.contextFor(systemActor('test')).db.transaction((trx) =>
    trx('audit_entries').where({ action: 'case.open', subject: receipt.caseId }).select('actor', 'for_whom'))
  expect(entries).toEqual([{ actor: djordje.id, for_whom: jovana.personId }])
})

test('the receipt says that a clerk filed it, and the clerk may print the paper again', async () => {
  const browser = await web.browser(djordje)
  const { body: receipt } = await file(browser, forJovana())

  const paper = await pdfText(await receiptPdf(town.contextFor(jovana), receipt.caseId))
  const again = await browser.fetch(`/api/sombor/cases/${receipt.caseId}/receipt.pdf`)

  expect(paper.replace(/\s+/g, ' ')).toContain('uneo službenik na šalteru')
  expect(again.headers.get('content-type')).toBe('application/pdf')
})

test('a contact told at the counter is kept with the person', async () => {
  const request = forJovana()
  await file(await web.browser(djordje), { ...request, applicant: { ...request.applicant, phone: '064 111 2222' } })

  const person = await town.contextFor(systemActor('test')).db.transaction((trx) => trx('people').where({ id: jovana.personId }).first())
  expect(person).toMatchObject({ phone: '064 111 2222', email: 'jovana@primer.example', given_name: 'Јована' })
})

test('a second click of the clerk files once', async () => {
  const browser = await web.browser(djordje)
  const request = forJovana()

  const replies = await Promise.all([file(browser, request), file(browser, request)])

  expect(new Set(replies.map(({ body }) => body.number)).size).toBe(1)
})

test('somebody new is written down by the number the clerk has seen, once', async () => {
  const browser = await web.browser(djordje)
  const request = () => ({ ...extract({ applicant: { ...marko, delivery: 'pick-up' } }) })

  const one = (await file(browser, request())).body
  const other = (await file(browser, request())).body

  const applicants = await town.contextFor(systemActor('test')).db.transaction((trx) =>
    trx('cases').whereIn('id', [one.caseId, other.caseId]).distinct('applicant_id'))
  expect(applicants).toHaveLength(1)
})

test('a person of no town, or of another one, is not found', async () => {
  const other = await town.neighbor('stara-zagora')
  const stranger = await citizen(other)
  const browser = await web.browser(djordje)

  for (const personId of [uuidv7(), stranger.personId]) {
    const { status, body } = await file(browser, { ...forJovana(), knownPersonId: personId })
    expect([status, body]).toMatchObject([404, { code: 'not-found' }])
  }
})

test('a petition without a name is taken at the counter too, and lies where the clerk reads it', async () => {
  const browser = await web.browser(djordje)
  const { body: receipt } = await file(browser, petition())

  const page = CasePage.parse((await browser.get(`/cases/${receipt.caseId}?language=sr-Latn`)).body)

  expect(page).toMatchObject({ number: receipt.number, channel: 'counter' })
})

test('on the portal nobody files for somebody else by naming their row', async () => {
  const browser = await web.browser(djordje)

  const request = { ...forJovana(), applicant: { ...nobody, kind: 'person' } }
  const { status, body } = await browser.change<{ faults: { field: string }[] }>('POST', '/cases', request)

  expect(status).toBe(400)
  expect(body.faults.map(({ field }) => field)).toContain('applicant.familyName')
})
