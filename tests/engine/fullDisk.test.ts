import { setImmediate as aTurn } from 'node:timers/promises'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { MovableClock } from '../../server/base/clock.ts'
import { makeLog, quietLog } from '../../server/base/log.ts'
import { startEngine, type Engine } from '../../server/engine/engine.ts'
import { toServiceError } from '../../server/engine/gateway/grpcStatus.ts'
import { startReadApi } from '../../server/engine/http/server.ts'
import { memoryReader } from '../../server/engine/read/memoryReader.ts'
import { memoryStore } from '../../server/engine/store/memoryStore.ts'
import { postgresStore } from '../../server/engine/store/postgresStore.ts'
import { testDatabase } from '../support/postgres.ts'
import { diagram, takeJobs } from './support.ts'

interface Filling {
  engine: Engine
  clock: MovableClock
  /** Events of the log, in order. */
  logged: string[]
  /** PostgreSQL answers writing and sorting as it does on a full disk. */
  fill(): Promise<void>
  makeRoom(): Promise<void>
  /** How often the engine has tried to open its store. */
  opened(): number
}

async function filling(): Promise<Filling> {
  const on = await testDatabase()
  const admin = new pg.Client({ connectionString: on.superUrl })
  await admin.connect()
  onTestFinished(async () => {
    await admin.end()
    await on.close()
  })
  const clock = new MovableClock()
  const logged: string[] = []
  const log = makeLog({}, (line) => logged.push((JSON.parse(line) as { event: string }).event))
  const store = postgresStore({ url: on.ownerUrl, holder: 'first', clock, log })
  let opened = 0
  const counted = { ...store, open: (signal: AbortSignal) => (opened++, store.open(signal)) }
  const engine = await startEngine({ store: counted, clock, log })
  onTestFinished(() => engine.close())
  await engine.deploy([await diagram('service-task')])
  await admin.query(`
    CREATE FUNCTION public.no_room() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$`)
  return {
    engine, clock, logged, opened: () => opened,
    async fill() {
      await admin.query('CREATE TRIGGER no_room BEFORE INSERT ON engine.instances EXECUTE FUNCTION public.no_room()')
      await admin.query(`DO $$ BEGIN EXECUTE format('ALTER ROLE salter_owner IN DATABASE %I SET temp_file_limit = 0', current_database()); END $$`)
    },
    async makeRoom() {
      await admin.query('DROP TRIGGER no_room ON engine.instances')
      await admin.query(`DO $$ BEGIN EXECUTE format('ALTER ROLE salter_owner IN DATABASE %I RESET temp_file_limit', current_database()); END $$`)
    },
  }
}

const create = (engine: Engine): Promise<{ processInstanceKey: string }> => engine.createInstance({ bpmnProcessId: 'service-task' })

test('without room nothing is taken, and callers are told why', async () => {
  const { engine, fill } = await filling()

  await fill()
  const thrown: unknown[] = []
  for (let count = 0; count < 2; count++) await create(engine).catch((error: unknown) => thrown.push(error))

  const sentence = 'The database of the engine has no room left, so nothing is taken until there is; try again later'
  expect(thrown.map(toServiceError)).toEqual([1, 2].map(() => expect.objectContaining({ code: 14, details: sentence }) as object))
  expect(engine.facts()).toMatchObject({ isServing: false, isStoreFull: true })
})

test('an engine without room looks for it without serving in between, says so once, and goes on by itself', async () => {
  const { engine, clock, logged, opened, fill, makeRoom } = await filling()
  await create(engine)
  await fill()
  await expect(create(engine)).rejects.toMatchObject({ name: 'Outage' })
  logged.length = 0

  const served: boolean[] = []
  for (const before = opened(); opened() < before + 4; await aTurn()) {
    clock.advance(10)
    served.push(engine.facts().isServing)
  }
  await makeRoom()
  for (; !engine.facts().isServing; await aTurn()) clock.advance(10)

  expect(served).not.toContain(true)
  expect(logged).toEqual(['engine-lease-taken', 'engine-serving-again'])
  await create(engine)
  expect(await takeJobs(engine, 'work')).toHaveLength(2)
  expect(engine.facts()).toMatchObject({ isServing: true, isStoreFull: false })
})

test('who asks whether an engine is ready learns that it has no room', async () => {
  const api = await startReadApi({
    reader: memoryReader(memoryStore()), host: '127.0.0.1', port: 0, log: quietLog,
    isServing: () => false, isStoreFull: () => true, metrics: () => '', gateway: () => ({ host: '127.0.0.1', port: 26500 }),
  })
  onTestFinished(() => api.close())

  const reply = await fetch(`http://127.0.0.1:${api.port}/ready`)

  expect([reply.status, await reply.json()]).toEqual([503, { status: 'full' }])
})
