import { afterAll, beforeAll, expect, test } from 'vitest'
import { OperationPage } from '../../server/http/contract/operation.ts'
import { openCase } from '../../server/cases/openCase.ts'
import { deliverNext } from '../../server/cases/deliverNext.ts'
import { systemActor } from '../../server/identity/actor.ts'
import { petition } from '../support/filing.ts'
import { clerk, testTown, visitor, type TestTown } from '../support/town.ts'
import { testWeb, type Browser, type TestWeb } from '../support/web.ts'

let town: TestTown
let web: TestWeb
let nikola: Browser

beforeAll(async () => {
  town = await testTown()
  web = await testWeb(town)
  nikola = await web.browser(clerk(town, 'nikola.duvnjak'))
})

afterAll(async () => {
  await web.close()
  await town.close()
})

const page = async (browser: Browser, language: string) =>
  OperationPage.parse((await browser.get(`/inbox/operation?language=${language}`)).body)

test('the administrator reads in words what stands still, and engine words stay apart', async () => {
  const { case: case_ } = await openCase(town.contextFor(visitor()), petition())
  town.engine.shown = {
    failedJobs: [],
    incidents: [{
      key: '2251799813685300', kind: 'FORM_NOT_FOUND', message: 'Expected a form with id triage', processId: 'sombor--petition',
      instanceKey: '2251799813685251', elementId: 'triage', elementInstanceKey: '2251799813685290', jobKey: null,
      since: new Date(town.clock.now()), caseId: case_.id,
    }],
  }

  const { incidents, may } = await page(nikola, 'sr-Cyrl')

  expect(incidents).toEqual([{
    key: '2251799813685300',
    kind: 'form',
    step: expect.stringMatching(/\p{Script=Cyrillic}/u) as string,
    case: { id: case_.id, number: case_.number, title: expect.any(String) as string },
    since: new Date(town.clock.now()).toISOString(),
    technical: { process: 'sombor--petition', element: 'triage', instance: '2251799813685251', message: 'Expected a form with id triage' },
  }])
  expect(may).toEqual({ mend: true })
})

test('mending needs a reason of some words, a real address and a key that is one', async () => {
  const short = await nikola.change('POST', '/inbox/operation/incidents/2251799813685300/resolve', { reason: ' ok ' })
  const unknown = await nikola.change('POST', '/inbox/operation/incidents/1/resolve', { reason: 'It must go on' })
  const noKey = await nikola.change('POST', '/inbox/operation/incidents/abc/resolve', { reason: 'It must go on' })
  const resolved = await nikola.change('POST', '/inbox/operation/incidents/2251799813685300/resolve', { reason: 'The form is there now' })

  expect(short).toMatchObject({ status: 400, body: { code: 'request-not-understood', facts: { fields: ['reason'] } } })
  expect(unknown).toMatchObject({ status: 404 })
  expect(noKey).toMatchObject({ status: 400, body: { facts: { fields: ['key'] } } })
  expect(resolved.status).toBe(204)
  expect((await page(nikola, 'en')).incidents).toEqual([])
})

test('what was stalled is sent again once, and the second click finds nothing', async () => {
  await openCase(town.contextFor(visitor()), petition())
  town.clock.advance(13 * 3_600_000)
  while (await deliverNext(town.contextFor(systemActor('deliver-outbox')), ['publish-message']));
  // Thirteen hours later a login has ended.
  const morning = await web.browser(clerk(town, 'nikola.duvnjak'))
  const { id } = (await page(morning, 'ro')).stalled[0]!

  const first = await morning.change('POST', `/inbox/operation/stalled/${id}/send-again`, { reason: 'The engine was away overnight' })
  const second = await morning.change('POST', `/inbox/operation/stalled/${id}/send-again`, { reason: 'The engine was away overnight' })

  expect(first.status).toBe(204)
  expect(second).toMatchObject({ status: 404, body: { code: 'not-found' } })
})

test('clerks and strangers are told that the page is not for them', async () => {
  const milica = await web.browser(clerk(town, 'milica.jovin'))
  const stranger = await web.browser()

  expect(await milica.get('/inbox/operation?language=en')).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
  expect(await stranger.get('/inbox/operation?language=en')).toMatchObject({ status: 401, body: { code: 'not-signed-in' } })
})
