import { expect, test } from 'vitest'
import { takeJobs, trial, variablesOf } from './support.ts'

const poll = { type: 'work', worker: 'test', timeout: 60_000, maxJobsToActivate: 10 }

test('a waiting worker is given a job the moment it comes up', async () => {
  const { engine, start } = await trial('service-task')
  const waiting = engine.activateJobs({ ...poll, requestTimeout: 30_000 })

  await start('service-task', { copies: 1 })

  expect((await waiting).map(variablesOf)).toEqual([{ copies: 1 }])
})

test('a poll ends empty when its time is up', async () => {
  const { engine, clock } = await trial('service-task')
  const waiting = engine.activateJobs({ ...poll, requestTimeout: 30_000 })
  await engine.idle()

  clock.advance(30_000)

  expect(await waiting).toEqual([])
})

test('polls that wait cost no commits and no reads', async () => {
  const { engine } = await trial('service-task')
  const polls = Array.from({ length: 300 }, (_, index) => engine.activateJobs({ ...poll, type: `type-${index}`, requestTimeout: 30_000 }).catch(() => []))
  await engine.idle()
  const before = engine.facts().commits

  await engine.idle()

  expect(engine.facts()).toMatchObject({ commits: before, waitingWorkers: 300 })
  await engine.close()
  await Promise.all(polls)
})

test('a worker that goes away gets no job', async () => {
  const { engine, start } = await trial('service-task')
  const left = new AbortController()
  const waiting = engine.activateJobs({ ...poll, requestTimeout: 30_000 }, left.signal)
  await engine.idle()

  left.abort()
  await start('service-task')

  expect(await waiting).toEqual([])
  expect(await takeJobs(engine, 'work')).toHaveLength(1)
})

test('a worker that goes away while its job is being kept gives it back', async () => {
  const { engine, start } = await trial('service-task')
  const left = new AbortController()
  const waiting = engine.activateJobs({ ...poll, requestTimeout: 30_000 }, left.signal)
  await engine.idle()
  const starting = start('service-task')
  await new Promise((resume) => setImmediate(resume))
  left.abort()

  await Promise.all([waiting, starting])
  await engine.idle()

  const again = await takeJobs(engine, 'work')
  expect((await waiting).length + again.length).toBe(1)
})

test('jobs are handed out first come first served, never one to two workers', async () => {
  const { engine, start } = await trial('service-task')
  for (let number = 0; number < 5; number++) await start('service-task', { number })

  const [first, second] = await Promise.all([takeJobs(engine, 'work', 2), takeJobs(engine, 'work', 10)])

  expect(first.map(variablesOf)).toEqual([{ number: 0 }, { number: 1 }])
  expect(second.map(variablesOf)).toEqual([{ number: 2 }, { number: 3 }, { number: 4 }])
})

test('more jobs than memory holds are all handed out, in their order', async () => {
  const { engine, start } = await trial('service-task')
  await Promise.all(Array.from({ length: 2500 }, (_, number) => start('service-task', { number })))
  const numbers: number[] = []

  for (let jobs = await takeJobs(engine, 'work', 400); jobs.length > 0; jobs = await takeJobs(engine, 'work', 400)) {
    numbers.push(...jobs.map((job) => (variablesOf(job) as { number: number }).number))
  }

  expect(numbers).toEqual(Array.from({ length: 2500 }, (_, number) => number))
})

test('a job whose time has run out comes back with its retries', async () => {
  const { start, take, advance } = await trial('service-task')
  await start('service-task')
  const first = await take('work')

  await advance(60_000)

  expect(await take('work')).toMatchObject({ key: first.key, retries: 3 })
})

test('a longer time-out keeps the job away', async () => {
  const { engine, start, take, advance, ready } = await trial('service-task')
  await start('service-task')
  const job = await take('work')

  await engine.updateJobTimeout({ jobKey: job.key, timeout: 120_000 })
  await advance(60_000)
  const early = await ready('work')
  await advance(60_000)

  expect(early).toEqual([])
  expect(await ready('work')).toEqual(['work'])
})

test('a failed job is tried again at once, or after its back-off', async () => {
  const { engine, start, take, advance, ready } = await trial('service-task')
  await start('service-task')
  const first = await take('work')

  await engine.failJob({ jobKey: first.key, retries: 2, variables: '{"tried":1}' })
  const second = await take('work')
  await engine.failJob({ jobKey: first.key, retries: 1, retryBackOff: 10_000 })
  const early = await ready('work')
  await advance(10_000)

  expect(second).toMatchObject({ key: first.key, retries: 2, variables: '{"tried":1}' })
  expect(early).toEqual([])
  expect((await take('work')).retries).toBe(1)
})

test('a job without retries waits for a person', async () => {
  const { engine, start, take, incidents, ready, complete } = await trial('service-task')
  await start('service-task')
  const job = await take('work')

  await engine.failJob({ jobKey: job.key, retries: 0, errorMessage: 'printer on fire' })
  const [incident] = incidents()
  await expect(engine.completeJob({ jobKey: job.key })).rejects.toMatchObject({ kind: 'wrong-state' })
  await expect(engine.resolveIncident({ incidentKey: incident!.key })).rejects.toMatchObject({ kind: 'wrong-state' })
  await engine.updateJobRetries({ jobKey: job.key, retries: 1 })
  const before = await ready('work')
  await engine.resolveIncident({ incidentKey: incident!.key })

  expect(incident).toMatchObject({ type: 'JOB_NO_RETRIES', message: 'printer on fire' })
  expect(before).toEqual([])
  await complete('work')
  await expect(engine.resolveIncident({ incidentKey: incident!.key })).rejects.toMatchObject({ kind: 'not-found' })
})

test('only the variables asked for are brought', async () => {
  const { engine, start } = await trial('service-task')
  await start('service-task', { copies: 2, purpose: 'school' })

  const [job] = await engine.activateJobs({ ...poll, fetchVariables: ['copies', 'nothing'], requestTimeout: -1 })

  expect(variablesOf(job!)).toEqual({ copies: 2 })
})

test('numbers pass through as they were written', async () => {
  const { engine, take } = await trial('service-task')
  await engine.createInstance({ bpmnProcessId: 'service-task', variables: '{ "big" : 12345678901234567890.123456789 , "list":[1.0, {"a":"}"}], "text":"a\\"b,c" }' })

  expect((await take('work')).variables).toBe('{"big":12345678901234567890.123456789,"list":[1.0, {"a":"}"}],"text":"a\\"b,c"}')
})

test.each(['[]', '1', '{', 'null', '"text"'])('variables that are no object are refused: %s', async (variables) => {
  const { engine } = await trial('service-task')

  await expect(engine.createInstance({ bpmnProcessId: 'service-task', variables })).rejects.toMatchObject({ kind: 'invalid' })
})

test.each([
  { type: ' ' }, { worker: '' }, { timeout: 0 }, { maxJobsToActivate: -1 },
])('a request for jobs that can never be served is refused: %j', async (fault) => {
  const { engine } = await trial('service-task')

  await expect(engine.activateJobs({ ...poll, ...fault })).rejects.toMatchObject({ kind: 'invalid' })
})
