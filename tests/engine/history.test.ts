import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { MovableClock } from '../../server/base/clock.ts'
import { makeLog } from '../../server/base/log.ts'
import * as byMonth from '../../server/db/migrations/20261124121000_partition_engine_history_by_month.ts'
import { openPool } from '../../server/db/pool.ts'
import { startEngine, type Engine } from '../../server/engine/engine.ts'
import { memoryStore } from '../../server/engine/store/memoryStore.ts'
import { postgresStore } from '../../server/engine/store/postgresStore.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'
import { DAY_MS, diagram, takeOne } from './support.ts'

interface Kept {
  engine: Engine
  clock: MovableClock
  on: TestDatabase
  client: pg.Client
  log: string[]
  /** Moves time to a moment and lets everything happen that has come due. */
  advanceTo(moment: string): Promise<void>
  /** Starts an instance and carries it to its end. */
  finishOne(): Promise<string>
  partitions(): Promise<string[]>
}

/** An engine on PostgreSQL at a moment of its own. */
async function engineAt(moment: string, historyMonths?: number): Promise<Kept> {
  const on = await testDatabase()
  onTestFinished(() => on.close())
  const client = new pg.Client({ connectionString: on.superUrl })
  await client.connect()
  onTestFinished(() => client.end())
  const clock = new MovableClock(moment)
  const lines: string[] = []
  const log = makeLog({}, (line) => void lines.push(line))
  const engine = await startEngine({ store: postgresStore({ url: on.ownerUrl, holder: 'first', clock, log, historyMonths }), clock, log })
  onTestFinished(() => engine.close())
  await engine.deploy([await diagram('service-task')])
  return {
    engine, clock, on, client, log: lines,
    async advanceTo(to) {
      clock.advanceTo(Date.parse(to))
      await engine.idle()
    },
    finishOne: () => finishOne(engine),
    async partitions() {
      const { rows } = await client.query<{ name: string }>(`
        SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'engine.history'::regclass ORDER BY 1`)
      return rows.map((row) => row.name.replace('history_', ''))
    },
  }
}

async function finishOne(engine: Engine): Promise<string> {
  const { processInstanceKey } = await engine.createInstance({ bpmnProcessId: 'service-task', variables: '{"copies":2}' })
  await engine.completeJob({ jobKey: (await takeOne(engine, 'work')).key })
  return processInstanceKey
}

/** In which partitions the rows lie. */
async function lying(client: pg.Client): Promise<Record<string, number>> {
  const { rows } = await client.query<{ name: string; count: number }>(
    `SELECT replace(tableoid::regclass::text, 'engine.history_', '') AS name, count(*)::int AS count FROM engine.history GROUP BY 1`)
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]))
}

test('the month at hand and the next are ready when an engine serves', async () => {
  const { partitions, finishOne, client } = await engineAt('2026-11-30T23:59:00Z')

  await finishOne()

  expect(await partitions()).toEqual(['2026_11', '2026_12', 'default'])
  expect(await lying(client)).toEqual({ '2026_11': 1 })
})

test('a month is ready before it begins, and its rows go there from the first moment', async () => {
  const { partitions, finishOne, advanceTo, client } = await engineAt('2026-11-24T09:00:00Z')

  await advanceTo('2026-12-01T00:00:00Z')
  await finishOne()
  await advanceTo('2026-12-01T01:00:00Z')

  expect(await lying(client)).toEqual({ '2026_12': 1 })
  expect(await partitions()).toEqual(['2026_11', '2026_12', '2027_01', 'default'])
})

test('a commit in a month nobody made ready is kept all the same, and moves to its month later', async () => {
  const { finishOne, advanceTo, clock, client, engine } = await engineAt('2026-11-24T09:00:00Z')
  await client.query('DROP TABLE engine.history_2026_11')

  await finishOne()
  const before = await lying(client)
  clock.advance(3_600_000)
  await engine.idle()

  expect(before).toEqual({ default: 1 })
  expect(await lying(client)).toEqual({ '2026_11': 1 })
  await advanceTo('2026-11-25T09:00:00Z')
  expect(await lying(client)).toEqual({ '2026_11': 1 })
})

test('history is kept for as many whole months as are set, and then dropped with its partition', async () => {
  const { finishOne, advanceTo, partitions, client } = await engineAt('2026-01-31T12:00:00Z', 2)
  await finishOne()
  await advanceTo('2026-02-10T12:00:00Z')
  await finishOne()

  await advanceTo('2026-03-31T12:00:00Z')
  const keptStill = await lying(client)
  await advanceTo('2026-04-01T00:00:00Z')

  expect(keptStill).toEqual({ '2026_01': 1, '2026_02': 1 })
  expect(await lying(client)).toEqual({ '2026_02': 1 })
  expect(await partitions()).toEqual(['2026_02', '2026_03', '2026_04', '2026_05', 'default'])
})

test('with no number of months set to keep, nothing is ever dropped', async () => {
  const { finishOne, advanceTo, client } = await engineAt('2026-01-31T12:00:00Z', 0)
  await finishOne()

  await advanceTo('2046-01-31T12:00:00Z')

  expect(await lying(client)).toEqual({ '2026_01': 1 })
})

test('a reader who holds the history for long does not hold up commands, and the month goes the next time', async () => {
  const { finishOne, advanceTo, client, on, log } = await engineAt('2026-01-31T12:00:00Z', 1)
  await finishOne()
  const reader = new pg.Client({ connectionString: on.superUrl })
  await reader.connect()
  onTestFinished(() => reader.end())
  await reader.query('BEGIN; SELECT FROM engine.history')

  await advanceTo('2026-03-01T00:00:00Z')
  await finishOne()
  const whileRead = await lying(client)
  await reader.query('COMMIT')
  await advanceTo('2026-03-01T02:00:00Z')

  expect(whileRead).toMatchObject({ '2026_01': 1 })
  expect(log.join('\n')).toContain('engine-months-not-turned')
  expect(await lying(client)).toEqual({ '2026_03': 1 })
})

test('an engine that has been replaced turns no months', async () => {
  const { finishOne, client, clock, engine, partitions } = await engineAt('2026-01-31T12:00:00Z', 1)
  await finishOne()
  await client.query(`UPDATE engine.lease SET epoch = epoch + 1, holder = 'another', backend_pid = NULL`)

  clock.advanceTo(Date.parse('2026-05-01T00:00:00Z'))
  await engine.idle()

  expect(await partitions()).toEqual(['2026_01', '2026_02', 'default'])
})

test('what was kept before months came in is kept as it was', async () => {
  const { finishOne, engine, on, client } = await engineAt('2026-11-24T09:00:00Z')
  await finishOne()
  const { processInstanceKey } = await engine.createInstance({ bpmnProcessId: 'service-task' })
  await engine.cancelInstance({ processInstanceKey })
  await engine.close()
  const rows = async () => (await client.query<object>('SELECT * FROM engine.history ORDER BY instance_key')).rows
  const before = await rows()
  const pool = openPool(on.ownerUrl, { max: 1 })
  onTestFinished(() => pool.destroy())

  await byMonth.down(pool)
  await byMonth.up(pool)

  expect(before).toHaveLength(2)
  expect(await rows()).toEqual(before)
})

test('the memory store keeps history for as long', async () => {
  const clock = new MovableClock('2026-01-31T12:00:00Z')
  const store = memoryStore({ historyMonths: 2 })
  const engine = await startEngine({ store, clock })
  onTestFinished(() => engine.close())
  await engine.deploy([await diagram('service-task')])
  await finishOne(engine)

  clock.advanceTo(Date.parse('2026-03-31T23:00:00Z'))
  await engine.idle()
  const keptStill = store.rows('history').length
  clock.advance(DAY_MS)
  await engine.idle()

  expect(keptStill).toBe(1)
  expect(store.rows('history')).toEqual([])
})
