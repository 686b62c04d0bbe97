import { randomBytes } from 'node:crypto'
import { setImmediate as aTurn } from 'node:timers/promises'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { Link } from '../../bench/soak/link.ts'
import { MovableClock } from '../../server/base/clock.ts'
import { quietLog } from '../../server/base/log.ts'
import { startEngine, type Engine } from '../../server/engine/engine.ts'
import { postgresStore } from '../../server/engine/store/postgresStore.ts'
import type { Store } from '../../server/engine/store/store.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { decisions, diagram, takeJobs, takeOne } from './support.ts'

interface Running {
  engine: Engine
  clock: MovableClock
}

async function database(): Promise<TestDatabase> {
  const made = await testDatabase()
  onTestFinished(() => made.close())
  return made
}

/** Each engine has a clock of its own: one whose time stands gives no sign of life, as if it were dead or paused. */
async function start(on: TestDatabase, holder: string, limits?: { instances: number; correlations: number }): Promise<Running> {
  const clock = new MovableClock()
  const engine = await startEngine({ store: postgresStore({ url: on.ownerUrl, holder, clock, log: quietLog }), clock, limits })
  onTestFinished(() => engine.close())
  return { engine, clock }
}

/** Starts a second engine and moves its time until it has the lease. */
async function takeOver(on: TestDatabase, holder: string): Promise<Running & { waitedMs: number }> {
  const clock = new MovableClock()
  const begun = clock.now()
  let taken: Engine | undefined
  const starting = startEngine({ store: postgresStore({ url: on.ownerUrl, holder, clock, log: quietLog }), clock }).then((engine) => (taken = engine))
  while (!taken) {
    await Promise.race([starting, new Promise((resume) => setTimeout(resume, 5))])
    if (!taken) clock.advance(50)
  }
  onTestFinished(() => taken!.close())
  return { engine: taken, clock, waitedMs: clock.now() - begun }
}

test('a restart in the middle goes on where it was', async () => {
  const on = await database()
  const first = await start(on, 'first')
  await first.engine.deploy([await diagram('municipal-request')])
  await first.engine.createInstance({ bpmnProcessId: 'municipal-request', variables: '{"copies":2}' })
  const check = await takeOne(first.engine, 'check-request')
  await first.engine.close()

  const second = await start(on, 'second')
  await second.engine.completeJob({ jobKey: check.key, variables: '{"complete":true}' })
  const task = await takeOne(second.engine, 'io.camunda.zeebe:userTask')

  expect(JSON.parse(task.variables)).toEqual({ copies: 2, complete: true })
})

test('everything acknowledged survives an engine that ends between two commands', async () => {
  const on = await database()
  const { engine } = await start(on, 'first')
  await engine.deploy([await diagram('municipal-request'), await diagram('message-catch'), await diagram('timer-catch')])
  await Promise.all(Array.from({ length: 20 }, () => engine.createInstance({ bpmnProcessId: 'municipal-request' })))
  const jobs = await takeJobs(engine, 'check-request', 10)
  await Promise.all(jobs.slice(0, 5).map((job) => engine.completeJob({ jobKey: job.key, variables: '{"complete":true}' })))
  await engine.createInstance({ bpmnProcessId: 'timer-catch', variables: '{"term":"PT1H"}' })
  await engine.publishMessage({ name: 'payment-received', correlationKey: 'a', timeToLive: 3_600_000 })

  const second = await takeOver(on, 'second')
  await second.engine.createInstance({ bpmnProcessId: 'message-catch', variables: '{"caseId":"a"}' })
  await second.engine.idle()

  expect(await takeJobs(second.engine, 'check-request')).toHaveLength(10)
  expect(await takeJobs(second.engine, 'io.camunda.zeebe:userTask')).toHaveLength(5)
  expect(await takeJobs(second.engine, 'after')).toHaveLength(1)
  second.clock.advance(3_600_000)
  await second.engine.idle()
  expect(await takeJobs(second.engine, 'after')).toHaveLength(2)
  expect(await takeJobs(second.engine, 'check-request')).toHaveLength(15)
})

test('a restart right after a modification has what began and not what was ended', async () => {
  const on = await database()
  const first = await start(on, 'first')
  await first.engine.deploy([await diagram('nested-scopes')])
  const { processInstanceKey } = await first.engine.createInstance({ bpmnProcessId: 'nested-scopes', variables: '{"caseId":"a","copies":1}' })
  const work = await takeOne(first.engine, 'work')
  await first.engine.modifyInstance({
    processInstanceKey, activateInstructions: [{ elementId: 'second' }], terminateInstructions: [{ elementInstanceKey: work.elementInstanceKey }],
  })
  await first.engine.close()

  const { engine } = await start(on, 'second')
  const second = await takeOne(engine, 'second')
  await engine.publishMessage({ name: 'request-withdrawn', correlationKey: 'a' })

  expect(JSON.parse(second.variables)).toEqual({ caseId: 'a', copies: 2 })
  await expect(engine.completeJob({ jobKey: work.key })).rejects.toMatchObject({ kind: 'not-found' })
  expect(await takeJobs(engine, 'close')).toHaveLength(1)
})

test('a restart right after a migration goes on by the new definition', async () => {
  const on = await database()
  const first = await start(on, 'first')
  const { processes } = await first.engine.deploy([await diagram('message-start'), await diagram('boundary-message-interrupting')])
  const { processDefinitionKey } = processes.find((each) => each.bpmnProcessId === 'boundary-message-interrupting')!
  await first.engine.publishMessage({ name: 'request-filed', correlationKey: 'a', variables: '{"caseId":"a"}' })
  const { processInstanceKey, key } = await takeOne(first.engine, 'work')
  await first.engine.failJob({ jobKey: key, retries: 0, errorMessage: 'printer on fire' })
  const mappingInstructions = [{ sourceElementId: 'work', targetElementId: 'work' }]
  await first.engine.migrateInstance({ processInstanceKey, targetProcessDefinitionKey: processDefinitionKey, mappingInstructions })
  await first.engine.close()

  const { engine } = await start(on, 'second')
  const [incident] = await asSuperuser(on, 'SELECT key::text, element_id, message FROM engine.incidents') as { key: string }[]
  await engine.updateJobRetries({ jobKey: key, retries: 1 })
  await engine.resolveIncident({ incidentKey: incident!.key })
  const work = await takeOne(engine, 'work')
  await engine.publishMessage({ name: 'request-filed', correlationKey: 'a' })
  const whileItLives = await takeJobs(engine, 'work')
  await engine.publishMessage({ name: 'request-withdrawn', correlationKey: 'a' })
  await engine.completeJob({ jobKey: (await takeOne(engine, 'close')).key })
  await engine.idle()
  await engine.publishMessage({ name: 'request-filed', correlationKey: 'a' })

  expect(incident).toMatchObject({ element_id: 'work', message: 'printer on fire' })
  expect(work).toMatchObject({ key, processDefinitionKey, bpmnProcessId: 'boundary-message-interrupting' })
  expect(whileItLives).toEqual([])
  expect(await takeJobs(engine, 'work')).toHaveLength(1)
})

test('a signal that had reached some of those who wait reaches the rest after a restart, and nobody twice', async () => {
  const on = await database()
  const clock = new MovableClock()
  const store = postgresStore({ url: on.ownerUrl, holder: 'first', clock, log: quietLog })
  let pages = 0
  const dyingStore: Store = {
    ...store,
    async commit(changes) {
      if (changes.put.broadcasts?.some((row) => row.reached !== '0') && ++pages > 1) throw new Error('the engine died here')
      return store.commit(changes)
    },
  }
  const first = await startEngine({ store: dyingStore, clock })
  await first.deploy([await diagram('signal-catch')])
  await Promise.all(Array.from({ length: 450 }, () => first.createInstance({ bpmnProcessId: 'signal-catch' })))
  await first.broadcastSignal({ signalName: 'register-open', variables: '{"place":"hall"}' })
  await first.idle()
  const servedToTheEnd = first.facts().isServing
  await first.close()

  const second = await start(on, 'second')
  await second.engine.createInstance({ bpmnProcessId: 'signal-catch' })
  await second.engine.idle()

  const heard = await takeJobs(second.engine, 'after', 1000)
  expect(servedToTheEnd).toBe(false)
  expect(heard).toHaveLength(450)
  expect(new Set(heard.map((job) => job.processInstanceKey)).size).toBe(450)
  expect(await asSuperuser(on, 'SELECT count(*)::int AS left FROM engine.broadcasts')).toEqual([{ left: 0 }])
  expect(await asSuperuser(on, 'SELECT count(*)::int AS waiting FROM engine.signal_subscriptions')).toEqual([{ waiting: 1 }])
})

test('a process that begins by itself does so after a restart', async () => {
  const on = await database()
  const first = await start(on, 'first')
  await first.engine.deploy([await diagram('timer-start-cycle'), await diagram('timer-start-date')])
  first.clock.advance(3_600_000)
  await first.engine.idle()
  await first.engine.completeJob({ jobKey: (await takeOne(first.engine, 'work')).key })
  await first.engine.close()

  const second = await start(on, 'second')
  second.clock.advance(3 * 3_600_000)
  await second.engine.idle()
  const hourly = await takeJobs(second.engine, 'work')
  second.clock.advance(30 * 86_400_000)
  await second.engine.idle()

  expect(hourly.map((job) => job.bpmnProcessId)).toEqual(['timer-start-cycle'])
  const rows = await asSuperuser(on, 'SELECT process_id, count(*)::int FROM engine.instances JOIN engine.definitions d ON d.key = definition_key GROUP BY 1 ORDER BY 1')
  expect(rows).toEqual([{ process_id: 'timer-start-cycle', count: 2 }, { process_id: 'timer-start-date', count: 1 }])
  expect(await asSuperuser(on, 'SELECT * FROM engine.start_timers')).toEqual([])
})

test('a name too long to be found by is refused, and nobody else is held up by it', async () => {
  const on = await database()
  const { engine } = await start(on, 'first')
  await engine.deploy([await diagram('message-catch'), await diagram('signal-catch-named')])
  const long = randomBytes(1500).toString('hex')

  const published = engine.publishMessage({ name: 'payment-received', correlationKey: long, timeToLive: 1000 })
  const created = ['message-catch', 'signal-catch-named'].map((bpmnProcessId) =>
    engine.createInstance({ bpmnProcessId, variables: JSON.stringify({ caseId: long, register: long }) }))

  await expect(published).rejects.toMatchObject({ kind: 'invalid' })
  await expect(Promise.all(created)).resolves.toHaveLength(2)
  const incidents = await asSuperuser(on, 'SELECT type, element_id FROM engine.incidents')
  expect(incidents).toEqual([1, 2].map(() => ({ type: 'EXTRACT_VALUE_ERROR', element_id: 'wait' })))
})

test('a second engine waits for two seconds of silence, then the first can write no more', async () => {
  const on = await database()
  const first = await start(on, 'first')
  await first.engine.deploy([await diagram('service-task')])

  const second = await takeOver(on, 'second')

  expect(second.waitedMs).toBeGreaterThanOrEqual(2000)
  await expect(first.engine.createInstance({ bpmnProcessId: 'service-task' })).rejects.toMatchObject({ name: 'Outage' })
  await second.engine.createInstance({ bpmnProcessId: 'service-task' })
  expect(await takeJobs(second.engine, 'work')).toHaveLength(1)
})

test('an engine whose connection has ended, as when it is killed, is followed at once', async () => {
  const on = await database()
  const first = await start(on, 'first')
  await first.engine.deploy([await diagram('service-task')])
  await first.engine.createInstance({ bpmnProcessId: 'service-task' })
  await asSuperuser(on, 'SELECT pg_terminate_backend(backend_pid, 10000) FROM engine.lease')

  // Its clock stands, as that of the first: it cannot have waited.
  const { engine } = await start(on, 'second')

  expect(await takeJobs(engine, 'work')).toHaveLength(1)
  await expect(first.engine.createInstance({ bpmnProcessId: 'service-task' })).rejects.toMatchObject({ name: 'Outage' })
})

test('an engine whose epoch is over is fenced even with its connection whole', async () => {
  const on = await database()
  const { engine } = await start(on, 'first')
  await engine.deploy([await diagram('service-task')])
  await asSuperuser(on, `UPDATE engine.lease SET epoch = epoch + 1, holder = 'another', backend_pid = NULL`)

  await expect(engine.createInstance({ bpmnProcessId: 'service-task' })).rejects.toMatchObject({ name: 'Outage' })

  const [row] = await asSuperuser(on, 'SELECT count(*)::int AS instances FROM engine.instances')
  expect(row).toEqual({ instances: 0 })
})

test('a cut connection loses nothing acknowledged, and the engine serves again by itself', async () => {
  const on = await database()
  const { engine, clock } = await start(on, 'first')
  await engine.deploy([await diagram('service-task')])
  await engine.createInstance({ bpmnProcessId: 'service-task' })
  await asSuperuser(on, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'salter-engine'`)

  await expect(engine.createInstance({ bpmnProcessId: 'service-task' })).rejects.toMatchObject({ name: 'Outage' })
  while (!engine.facts().isServing) {
    clock.advance(500)
    await new Promise((resume) => setTimeout(resume, 5))
  }

  expect(await takeJobs(engine, 'work')).toHaveLength(1)
})

/** An engine whose line to the database can be broken. `wire` is the time by which it waits for answers. */
async function startLinked(): Promise<Running & { link: Link; wire: MovableClock }> {
  const url = new URL((await database()).ownerUrl)
  const link = await Link.to(Number(url.port))
  onTestFinished(() => link.close())
  url.port = String(link.port)
  const [clock, wire] = [new MovableClock(), new MovableClock()]
  const engine = await startEngine({ store: postgresStore({ url: url.href, holder: 'first', clock, log: quietLog, wire }), clock })
  onTestFinished(() => engine.close())
  return { engine, clock, link, wire }
}

test('an engine ends also when its database has fallen silent', async () => {
  const { engine, link, wire } = await startLinked()
  await engine.idle()

  link.swallow()
  let isClosed = false
  const closing = engine.close().then(() => (isClosed = true))
  for (; !isClosed; await aTurn()) wire.advance(100)

  await expect(closing).resolves.toBe(true)
})

test('a second engine goes on waiting when its connection is cut, and takes over in its turn', async () => {
  const on = await database()
  const first = await start(on, 'first')
  await first.engine.deploy([await diagram('service-task')])
  const waits = `application_name = 'salter-engine' AND datname = current_database() AND pid <> (SELECT backend_pid FROM engine.lease)`
  const clock = new MovableClock()
  const starting = startEngine({ store: postgresStore({ url: on.ownerUrl, holder: 'second', clock, log: quietLog }), clock })
  let second: Engine | undefined
  void starting.then((engine) => (second = engine))

  // Its clock stands, so it does nothing but wait until the other gives way.
  for (let cut: object[] = []; cut.length === 0;) cut = await asSuperuser(on, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${waits}`)
  await first.engine.close()
  for (; !second; await aTurn()) clock.advance(10)
  onTestFinished(() => second!.close())

  await second.createInstance({ bpmnProcessId: 'service-task' })
  expect(await takeJobs(second, 'work')).toHaveLength(1)
})

test('a line to the database that was cut without a word is given up, and what was acknowledged before is there', async () => {
  const { engine, clock, link, wire } = await startLinked()
  await engine.deploy([await diagram('service-task')])
  await engine.createInstance({ bpmnProcessId: 'service-task' })
  await engine.idle()

  link.halfOpen()
  let fate = ''
  engine.createInstance({ bpmnProcessId: 'service-task' }).then(() => (fate = 'answered'), (error: Error) => (fate = error.name))
  for (; engine.facts().isServing; await aTurn()) wire.advance(100)
  const meanwhile = engine.createInstance({ bpmnProcessId: 'service-task' })
  await expect(meanwhile).rejects.toMatchObject({ name: 'Outage' })
  for (; fate === ''; await aTurn()) wire.advance(100)
  for (; !engine.facts().isServing; await aTurn()) clock.advance(10)

  expect(fate).toBe('Outage')
  expect(await takeJobs(engine, 'work')).toHaveLength(1)
})

test('commands that come together share a commit', async () => {
  const on = await database()
  const { engine } = await start(on, 'first')
  await engine.deploy([await diagram('service-task')])
  const before = engine.facts().commits

  await Promise.all(Array.from({ length: 100 }, () => engine.createInstance({ bpmnProcessId: 'service-task' })))

  expect(engine.facts().commits - before).toBeLessThanOrEqual(3)
})

test('keys are never given twice, whoever gives them', async () => {
  const on = await database()
  const keys: string[] = []
  for (const holder of ['first', 'second', 'third']) {
    const { engine } = await start(on, holder)
    await engine.deploy([await diagram('service-task')])
    for (let count = 0; count < 5; count++) keys.push((await engine.createInstance({ bpmnProcessId: 'service-task' })).processInstanceKey)
    keys.push(...(await takeJobs(engine, 'work')).map((job) => job.key))
    await engine.close()
  }

  expect(new Set(keys).size).toBe(keys.length)
})

test('what sleeps is not kept in memory and wakes all the same', async () => {
  const on = await database()
  const { engine, clock } = await start(on, 'first', { instances: 3, correlations: 3 })
  await engine.deploy([await diagram('message-catch'), await diagram('timer-catch'), await diagram('service-task')])
  for (let number = 0; number < 30; number++) {
    await engine.createInstance({ bpmnProcessId: 'message-catch', variables: `{"caseId":"${number}"}` })
    await engine.createInstance({ bpmnProcessId: 'timer-catch', variables: '{"term":"P1D"}' })
    await engine.createInstance({ bpmnProcessId: 'service-task' })
  }
  await engine.idle()
  const inMemory = engine.facts().instancesInMemory

  for (let number = 0; number < 30; number++) await engine.publishMessage({ name: 'payment-received', correlationKey: String(number) })
  const jobs = await takeJobs(engine, 'work')
  clock.advance(86_400_000)
  await engine.idle()

  expect(inMemory).toBeLessThanOrEqual(3)
  expect(jobs).toHaveLength(30)
  expect(await takeJobs(engine, 'after')).toHaveLength(60)
})

test('an ended instance leaves nothing but its history', async () => {
  const on = await database()
  const { engine } = await start(on, 'first')
  await engine.deploy([await diagram('boundary-message-repeating'), await diagram('sub-process'), await diagram('message-start')])
  await engine.createInstance({ bpmnProcessId: 'boundary-message-repeating', variables: '{"caseId":"a"}' })
  await engine.idle()
  await engine.publishMessage({ name: 'supplement-arrived', correlationKey: 'a' })
  const { processInstanceKey } = await engine.createInstance({ bpmnProcessId: 'sub-process', variables: '{"caseId":"a"}' })
  await engine.publishMessage({ name: 'request-filed', correlationKey: 'a' })
  await engine.idle()

  await engine.completeJob({ jobKey: (await takeOne(engine, 'file')).key })
  for (const job of await takeJobs(engine, 'work')) await engine.completeJob({ jobKey: job.key })
  await engine.cancelInstance({ processInstanceKey })
  await engine.idle()

  const tables = ['instances', 'elements', 'jobs', 'timers', 'subscriptions', 'messages', 'message_starts', 'incidents', 'history']
  const counts = await asSuperuser(on, `SELECT ${tables.map((table) => `(SELECT count(*)::int FROM engine.${table}) AS ${table}`).join(', ')}`)
  expect(counts).toEqual([{ instances: 0, elements: 0, jobs: 0, timers: 0, subscriptions: 0, messages: 0, message_starts: 0, incidents: 0, history: 3 }])
})

async function asSuperuser(on: TestDatabase, sql: string): Promise<object[]> {
  const client = new pg.Client({ connectionString: on.superUrl })
  await client.connect()
  try {
    return (await client.query<object>(sql)).rows
  } finally {
    await client.end()
  }
}

test('decisions survive a restart, and so do their versions', async () => {
  const on = await database()
  const first = await start(on, 'first')
  const resource = await decisions('extract-fee')
  await first.engine.deploy([resource, await diagram('business-rule-task')])
  await first.engine.deploy([{ ...resource, content: resource.content.replace('320.10', '350') }])
  const [deleted] = (await first.engine.deploy([{ ...resource, content: resource.content.replace('320.10', '400') }])).drgs
  await first.engine.deleteResource({ resourceKey: deleted!.drg.key })
  await first.engine.close()

  const second = await start(on, 'second')
  const evaluated = await second.engine.evaluateDecision({ decisionId: 'extract-fee', variables: '{"medium":"paper","copies":2}' })
  await second.engine.createInstance({ bpmnProcessId: 'business-rule-task', variables: '{"medium":"paper","copies":1}' })
  await second.engine.idle()
  const after = await takeOne(second.engine, 'after')
  const [again] = (await second.engine.deploy([resource])).drgs

  expect([String(evaluated.output), evaluated.deployed.version]).toEqual(['700', 2])
  expect(JSON.parse(after.variables)).toMatchObject({ fee: 350 })
  expect([again?.drg.version, again?.decisions.map((each) => each.version)]).toEqual([4, [4, 4]])
})
