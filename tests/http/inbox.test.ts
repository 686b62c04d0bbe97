import { afterAll, beforeAll, expect, test } from 'vitest'
import { once } from 'node:events'
import { connect } from 'node:net'
import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import { InboxEvent, TaskList, TaskPage, TaskRow } from '../../server/http/contract/tasks.ts'
import { openCase } from '../../server/cases/openCase.ts'
import { anonymous } from '../../server/identity/actor.ts'
import { caseWithTask, giveTask, marko, petition } from '../support/filing.ts'
import { citizen, clerk, testTown, visitor, type TestTown } from '../support/town.ts'
import { testWeb, type Browser, type TestWeb } from '../support/web.ts'

let town: TestTown
let web: TestWeb
let milica: Browser

beforeAll(async () => {
  town = await testTown()
  web = await testWeb(town)
  milica = await web.browser(clerk(town, 'milica.jovin'))
})

afterAll(async () => {
  await web.close()
  await town.close()
})

const newTask = async () => (await caseWithTask(town, town.contextFor(visitor()), petition({ applicant: marko }))).task

test('a clerk finds a filed petition in the unit’s list, takes it, fills in the form and goes on to the next', async () => {
  const { id } = await newTask()

  const list = TaskList.parse((await milica.get('/inbox/tasks?list=unit&language=sr-Latn')).body)
  const row = TaskRow.parse((await milica.change('POST', `/inbox/tasks/${id}/claim`)).body)
  const page = TaskPage.parse((await milica.get(`/inbox/tasks/${id}?language=sr-Latn`)).body)
  const saved = await milica.change('PUT', `/inbox/tasks/${id}/draft`, { answers: { decision: 'answer' } })
  const half = TaskPage.parse((await milica.get(`/inbox/tasks/${id}?language=sr-Latn`)).body)
  const done = await milica.change('POST', `/inbox/tasks/${id}/complete`, { answers: { decision: 'answer' } })

  expect(list.rows.find((each) => each.id === id)).toMatchObject({
    applicant: 'Марко Илић',
    unit: 'Uslužni centar',
    holder: null,
    status: 'received',
  })
  expect(list.counts).toMatchObject({ mine: 0, unit: 1, unassigned: 1 })
  expect(row.holder).toMatchObject({ mine: true })
  expect(page.task).toMatchObject({ may: { claim: false, release: true, complete: true }, state: 'open' })
  expect(JSON.stringify(page.task.form)).not.toMatch(/"forms\./)
  expect(page.case.answers.find(({ key }) => key === 'subject')?.value).toBe('Rasveta u ulici')
  expect(saved.status).toBe(200)
  expect(half.task.answers).toEqual({ decision: 'answer' })
  expect(done).toMatchObject({ status: 200, body: { nextTaskId: null } })
})

test('a task that another clerk has taken is refused, and its page says who has it', async () => {
  const { id } = await newTask()
  await milica.change('POST', `/inbox/tasks/${id}/claim`)
  const second = await web.browser({ ...clerk(town, 'milica.jovin'), id: 'user-second', name: 'Друга Службеница' })

  const { status, body } = await second.change('POST', `/inbox/tasks/${id}/claim`)

  expect(status).toBe(409)
  expect(body).toMatchObject({ code: 'task-already-taken', facts: { holder: 'user-milica.jovin' } })
  const page = TaskPage.parse((await second.get(`/inbox/tasks/${id}?language=en`)).body)
  expect(page.task.holder).toMatchObject({ name: 'Милица Јовин', mine: false })
})

test('a task that the process took away says so', async () => {
  const { id, jobKey } = await newTask()
  town.engine.livingJobs.delete(jobKey)

  const page = TaskPage.parse((await milica.get(`/inbox/tasks/${id}?language=sr-Latn`)).body)
  const claim = await milica.change('POST', `/inbox/tasks/${id}/claim`)

  expect(page.task.state).toBe('gone')
  expect(claim).toMatchObject({ status: 409, body: { code: 'task-gone' } })
})

test('the inbox is closed to visitors, to citizens and to staff of another unit', async () => {
  const { id } = await newTask()
  const visiting = await web.browser()
  const citizenBrowser = await web.browser(await citizen(town))
  const ana = await web.browser(clerk(town, 'ana.kovac'))

  expect(await visiting.get('/inbox/tasks?list=mine&language=en')).toMatchObject({ status: 401, body: { code: 'not-signed-in' } })
  expect(await citizenBrowser.get('/inbox/tasks?list=mine&language=en')).toMatchObject({ status: 403, body: { code: 'not-allowed' } })
  expect((await ana.get(`/inbox/tasks/${id}`)).status).toBe(404)
})

test('an answer that the form does not take comes back with its field', async () => {
  const { id } = await newTask()
  await milica.change('POST', `/inbox/tasks/${id}/claim`)

  const { status, body } = await milica.change('POST', `/inbox/tasks/${id}/complete`, { answers: { decision: 'burn' } })

  expect(status).toBe(400)
  expect(body).toMatchObject({ code: 'form-has-faults', faults: [expect.objectContaining({ field: 'decision', code: 'not-an-option' })] })
})

test('an open inbox hears of a new task and of one that was taken', async () => {
  const heard = await listen(milica)

  const { id, caseId } = await newTask()
  await milica.change('POST', `/inbox/tasks/${id}/claim`)

  expect(await heard.next((event) => event.kind === 'task-created')).toMatchObject({ taskId: id, caseId })
  expect(await heard.next((event) => event.kind === 'task-changed')).toMatchObject({ taskId: id, caseId })
  heard.close()
})

test('an open inbox hears nothing of cases that are another unit’s', async () => {
  const ana = await listen(await web.browser(clerk(town, 'ana.kovac')))
  const inUnit = await listen(milica)

  const foreign = await newTask()
  await inUnit.next((event) => event.taskId === foreign.id)
  const own = await giveTask(town, (await openCase(town.contextFor(visitor()), petition())).case, { groups: ['registry'] })

  // Whether its filing is heard too depends on which is first: the look at who may see it, or its task for her unit.
  expect(await ana.next(() => true)).toMatchObject({ caseId: own.caseId })
  ana.close()
  inUnit.close()
})

test('an inbox that has stopped reading is let go, so that what it missed is not kept for it', async () => {
  const { hostname, port } = new URL(web.url)
  const socket = connect(Number(port), hostname)
  const cookies = [...milica.cookies].map((pair) => pair.join('=')).join('; ')
  socket.write(`GET /api/sombor/inbox/events HTTP/1.1\r\nhost: ${hostname}\r\ncookie: ${cookies}\r\n\r\n`)
  await once(socket, 'data')
  socket.pause()
  const before = town.listening()

  const { caseId } = await newTask()
  const event = { kind: 'case-changed', tenantId: 'sombor', caseId, taskId: null } as const
  for (let round = 0; round < 400 && town.listening() === before; round++) {
    for (let each = 0; each < 500; each++) town.contextFor(anonymous).events.publish(event)
    await new Promise(setImmediate)
  }

  expect(town.listening()).toBe(before - 1)
  socket.destroy()
})

test('an open inbox falls silent when the session has ended', async () => {
  const browser = await web.browser({ ...clerk(town, 'milica.jovin'), id: `user-${uuidv7()}` })
  const heard = await listen(browser)

  // Being listened to does not keep a session alive: 30 minutes without a request end it.
  await town.contextFor(anonymous).db.transaction((trx) => trx('sessions').update({ expires_at: new Date(town.clock.now()) }))
  town.clock.advance(20_000)

  await heard.ended
  expect((await browser.get('/inbox/tasks?list=mine&language=en')).status).toBe(401)
})

interface Heard {
  next(fits: (event: z.infer<typeof InboxEvent>) => boolean): Promise<z.infer<typeof InboxEvent>>
  ended: Promise<void>
  close(): void
}

async function listen(browser: Browser): Promise<Heard> {
  const abort = new AbortController()
  const reply = await browser.fetch('/api/sombor/inbox/events', { signal: abort.signal })
  expect(reply.headers.get('content-type')).toContain('text/event-stream')
  const events: z.infer<typeof InboxEvent>[] = []
  const waiting = new Set<() => void>()
  const ended = (async () => {
    let text = ''
    const decoder = new TextDecoder()
    for (const reader = reply.body!.getReader(); ; ) {
      const { done, value } = await reader.read()
      if (done) break
      text += decoder.decode(value, { stream: true })
      const lines = text.split('\n\n')
      text = lines.pop() ?? ''
      for (const line of lines) if (line.startsWith('data: ')) events.push(InboxEvent.parse(JSON.parse(line.slice(6))))
      for (const wake of waiting) wake()
    }
  })().catch((error: unknown) => {
    if (!abort.signal.aborted) throw error
  })
  return {
    ended,
    close: () => abort.abort(),
    async next(fits) {
      for (;;) {
        const found = events.find(fits)
        if (found) return found
        await new Promise<void>((wake) => {
          const once = (): void => {
            waiting.delete(once)
            wake()
          }
          waiting.add(once)
        })
      }
    },
  }
}

test('an inbox that nobody touches ends its session, however often it refreshes itself', async () => {
  const unattended = await web.browser(clerk(town, 'milica.jovin'))
  const address = '/api/sombor/inbox/tasks?list=all&language=sr-Latn'
  const asTheClerk = (): Promise<Response> => unattended.fetch(address)
  const byItself = (): Promise<Response> => unattended.fetch(address, { headers: { 'x-salter-background': 'true' } })

  town.clock.advance(20 * 60_000)
  const touched = await asTheClerk()
  town.clock.advance(20 * 60_000)
  const refreshed = await byItself()
  town.clock.advance(20 * 60_000)
  const ended = await byItself()

  expect([touched.status, refreshed.status, ended.status]).toEqual([200, 200, 401])
})
