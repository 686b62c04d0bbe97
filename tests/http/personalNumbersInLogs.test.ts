import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeLog } from '../../server/base/log.ts'
import { findCase } from '../../server/cases/store/caseRows.ts'
import { CasePage, type Receipt } from '../../server/http/contract/cases.ts'
import { TaskList, TaskPage } from '../../server/http/contract/tasks.ts'
import { systemActor } from '../../server/identity/actor.ts'
import { extract, giveTask, marko } from '../support/filing.ts'
import { expectNoPersonalNumbers, personalNumbersIn } from '../support/personalNumbers.ts'
import { citizen, clerk, testTown, type TestTown } from '../support/town.ts'
import { testWeb, type TestWeb } from '../support/web.ts'

const number = '2307990855035'
let town: TestTown
let web: TestWeb
const lines: string[] = []

beforeAll(async () => {
  town = await testTown()
  const log = makeLog({}, (line) => lines.push(line))
  web = await testWeb(town, { neighbors: { log, contextFor: (_, actor) => ({ ...town.contextFor(actor), log }) } })
})

afterAll(async () => {
  await web.close()
  await town.close()
})

test('a number is found in a text where it is one, and only there', () => {
  expect(personalNumbersIn('of 2307990855035, 8501011018 and 1850101110002')).toEqual([number, '8501011018', '1850101110002'])
  expect(personalNumbersIn('at 1795510533741, key 2251799813685251, id 01a20e57-757c-a231-7768798398ed, 2307990855036')).toEqual([])
})

test('from the draft to the act no log line, no list and no page but the one that was asked has a whole number', async () => {
  const jovana = await web.browser(await citizen(town))
  const ana = await web.browser(clerk(town, 'ana.kovac'))
  const filing = extract({ applicant: { ...marko, number } })
  await jovana.change('PUT', `/drafts/${filing.draftId}`, { procedure: filing.procedure, answers: filing.answers, applicant: {}, page: 0 })
  const refused = await jovana.change('POST', '/cases', { ...filing, answers: { ...filing.answers, personalNumber: '2307990855036' } })
  const { body: receipt } = await jovana.change<Receipt>('POST', '/cases', filing)
  const filed = await town.contextFor(systemActor('user-task')).db.transaction((trx) => findCase(trx, receipt.caseId))
  const { id } = await giveTask(town, filed!)

  const list = TaskList.parse((await ana.get('/inbox/tasks?list=unit&language=sr-Latn')).body)
  const task = TaskPage.parse((await ana.get(`/inbox/tasks/${id}?language=sr-Latn`)).body)
  const wrong = await ana.change('POST', `/inbox/cases/${receipt.caseId}/number`, { field: number, why: 'identify' })
  const shown = await ana.change('POST', `/inbox/cases/${receipt.caseId}/number`, { field: 'personalNumber', why: 'identify' })
  const page = CasePage.parse((await jovana.get(`/cases/${receipt.caseId}?language=hu`)).body)
  const found = await ana.get(`/inbox/tasks?list=all&language=en&q=${number}`)

  expect([refused.status, wrong.status, shown]).toMatchObject([400, 404, { status: 200, body: { number } }])
  expect(shown.headers.get('cache-control')).toBe('no-store')
  for (const seen of [refused.body, receipt, list, task, wrong.body, page, found.body]) expect(personalNumbersIn(JSON.stringify(seen))).toEqual([])
  expect(task.case.answers.find(({ key }) => key === 'personalNumber')).toMatchObject({ masked: true, showable: true, value: expect.stringMatching(/035$/) as string })
  expect(page.answers.find(({ key }) => key === 'personalNumber')).toMatchObject({ masked: true, showable: false })
  expect(page.looks).toMatchObject([{ offices: ['Anyakönyvi hivatal'], roles: ['case-clerk', 'registrar'], why: 'identify', words: '' }])
  expect(page.looks[0]!.field).toMatch(/szám/)
  expect(lines.length).toBeGreaterThan(8)
  expectNoPersonalNumbers(lines)
})
