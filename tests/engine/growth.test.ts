import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { fillSleeping, fillTerms, WOKEN } from '../../bench/engine/growth/fill.ts'
import { MovableClock } from '../../server/base/clock.ts'
import { quietLog } from '../../server/base/log.ts'
import { startEngine, type Engine } from '../../server/engine/engine.ts'
import type { MemoryLimits } from '../../server/engine/state/state.ts'
import { postgresStore } from '../../server/engine/store/postgresStore.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { diagram, takeJobs, takeOne } from './support.ts'

async function database(): Promise<TestDatabase> {
  const made = await testDatabase()
  onTestFinished(() => made.close())
  return made
}

async function start({ ownerUrl }: TestDatabase, clock = new MovableClock(Date.now()), limits?: MemoryLimits): Promise<Engine> {
  const engine = await startEngine({ store: postgresStore({ url: ownerUrl, holder: 'test', clock, log: quietLog }), clock, limits })
  onTestFinished(() => engine.close())
  return engine
}

async function ask<Row extends object>(on: TestDatabase, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: on.superUrl })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

/** Rows that statements have read in all tables of the engine, once its connection has ended and has told so. */
async function rowsRead(on: TestDatabase): Promise<number> {
  const client = new pg.Client({ connectionString: on.superUrl })
  await client.connect()
  try {
    const others = `
      SELECT FROM pg_stat_activity
      WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`
    while ((await client.query(others)).rowCount !== 0) await client.query('SELECT pg_stat_clear_snapshot()')
    const { rows: [sum] } = await client.query<{ read: string }>(
      `SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) AS read FROM pg_stat_user_tables WHERE schemaname = 'engine'`)
    return Number(sum!.read)
  } finally {
    await client.end()
  }
}

/** Starts an engine, carries one request to its end, and ends the engine. */
async function carryOne(on: TestDatabase): Promise<void> {
  const engine = await start(on)
  await engine.createInstance({ bpmnProcessId: 'municipal-request', variables: '{"copies":2}' })
  await engine.completeJob({ jobKey: (await takeOne(engine, 'check-request')).key, variables: '{"complete":true}' })
  await engine.completeJob({ jobKey: (await takeOne(engine, 'io.camunda.zeebe:userTask')).key })
  await engine.completeJob({ jobKey: (await takeOne(engine, 'deliver-act')).key })
  await engine.close()
}

async function readByOneRequest(sleeping: number): Promise<number> {
  const on = await database()
  await fillSleeping(on, sleeping)
  const before = await rowsRead(on)
  await carryOne(on)
  return await rowsRead(on) - before
}

test('a start of the engine and a request read no more rows among twice as many sleeping requests', async () => {
  const [few, many] = await Promise.all([readByOneRequest(3000), readByOneRequest(6000)])

  expect(few).toBeGreaterThan(0)
  expect(many).toBe(few)
})

test('a copied request goes on where the one that really ran slept', async () => {
  const on = await database()
  const { jobKey } = await fillSleeping(on, 20)
  const engine = await start(on)

  await engine.completeJob({ jobKey: jobKey(17), variables: '{"decision":"granted"}' })
  const deliver = await takeOne(engine, WOKEN)
  await engine.completeJob({ jobKey: deliver.key })

  expect(JSON.parse(deliver.variables)).toMatchObject({ number: 'IV-201-1234/2026', complete: true, decision: 'granted' })
  expect(await ask(on, 'SELECT outcome FROM engine.history')).toEqual([{ outcome: 'completed' }])
  expect(await ask(on, 'SELECT count(*)::int AS instances, count(DISTINCT key)::int AS keys FROM engine.instances'))
    .toEqual([{ instances: 19, keys: 19 }])
})

test('of cases with long answers fewer stay in memory, and all of them go on', async () => {
  const on = await database()
  const engine = await start(on, undefined, { instances: 1000, correlations: 1000, instanceText: 20_000 })
  await engine.deploy([await diagram('service-task')])
  const inMemory = async (variables: string): Promise<number> => {
    for (let number = 0; number < 30; number++) await engine.createInstance({ bpmnProcessId: 'service-task', variables })
    await engine.idle()
    return engine.facts().instancesInMemory
  }

  const short = await inMemory('{}')
  const long = await inMemory(JSON.stringify({ statement: 'a'.repeat(5000) }))
  const jobs = await takeJobs(engine, 'work')
  for (const { key } of jobs) await engine.completeJob({ jobKey: key, variables: JSON.stringify({ answer: 'b'.repeat(9000) }) })
  await engine.idle()

  expect(short).toBe(30)
  expect(long).toBeLessThanOrEqual(3)
  expect(jobs).toHaveLength(60)
  expect(engine.facts().instancesInMemory).toBeLessThanOrEqual(3)
})

test('three hundred terms that end at one moment are all acted on, once each', async () => {
  const on = await database()
  const endsAt = Date.now() + 86_400_000
  await fillTerms(on, 300, endsAt, 0)
  const clock = new MovableClock(endsAt - 1)
  const engine = await start(on, clock)
  await engine.idle()
  const early = await takeJobs(engine, 'explain-delay')

  clock.advance(1)
  await engine.idle()

  expect(early).toEqual([])
  expect(new Set((await takeJobs(engine, 'explain-delay', 1000)).map((job) => job.processInstanceKey)).size).toBe(300)
  expect(await ask(on, 'SELECT FROM engine.timers')).toEqual([])
  expect(await ask(on, 'SELECT type, count(*)::int AS count FROM engine.jobs GROUP BY type'))
    .toEqual([{ type: 'explain-delay', count: 300 }])
})
