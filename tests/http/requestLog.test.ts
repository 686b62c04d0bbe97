import { afterAll, beforeAll, expect, test } from 'vitest'
import pg from 'pg'
import { makeLog } from '../../server/base/log.ts'
import type { Receipt } from '../../server/http/contract/cases.ts'
import { marko, petition } from '../support/filing.ts'
import { testTown, type TestTown } from '../support/town.ts'
import { testWeb, type TestWeb } from '../support/web.ts'

let town: TestTown
let web: TestWeb
const lines: string[] = []

beforeAll(async () => {
  town = await testTown()
  web = await testWeb(town, { neighbors: { log: makeLog({}, (line) => lines.push(line)) } })
})

afterAll(async () => {
  await web.close()
  await town.close()
})

test('a statement that the database refuses is logged without what it was to write', async () => {
  const browser = await web.browser()
  await asOwner('ALTER TABLE drafts ADD CONSTRAINT broken_for_this_test CHECK (page < 7)')

  const reply = await browser.change('PUT', '/drafts/01930000-0000-7000-8000-000000000002', {
    procedure: 'petition', answers: { petitionText: 'Комшија пали смеће' }, applicant: marko, page: 9,
  })

  const failed = lines.filter((line) => line.includes('"failed"')).join('\n')
  expect(reply.status).toBe(500)
  expect(failed).toContain('broken_for_this_test')
  for (const secret of ['Комшија', marko.familyName, marko.email, marko.number]) expect(failed).not.toContain(secret)
})

test('the log says which route answered what and how fast, and nothing of the person, the code or the case', async () => {
  const browser = await web.browser()
  const { body: receipt } = await browser.change<Receipt>('POST', '/cases', petition({ applicant: marko }))
  await browser.get(`/cases/${receipt.caseId}?language=en`)
  await browser.get(`/verify/${receipt.code}`)
  await (await web.browser()).change('POST', '/status', { number: receipt.number, code: receipt.code })

  const all = lines.join('\n')

  expect(lines.map((line) => JSON.parse(line) as object)).toContainEqual(
    expect.objectContaining({ event: 'answered', method: 'GET', route: '/api/:tenant/cases/:caseId', status: 200, tenant: 'sombor' }),
  )
  const secrets = [receipt.code, receipt.number, receipt.caseId, marko.familyName, marko.email, marko.number, '127.0.0.1']
  for (const secret of secrets) expect(all).not.toContain(secret)
})

async function asOwner(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: town.database.ownerUrl })
  await client.connect()
  await client.query(statement)
  await client.end()
}
