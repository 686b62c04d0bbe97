import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { overGrpc } from '../../bench/engine/callers.ts'
import type { Caller } from '../../bench/engine/workload.ts'
import { testDatabase } from '../support/postgres.ts'
import { diagram } from './support.ts'

/** An engine process that is killed and started again. Clients see it through `caller`, which waits while it is away. */
class KilledEngine {
  #child: ChildProcess | undefined
  #caller: Promise<Caller> | undefined
  kills = 0

  constructor(readonly databaseUrl: string) {}

  start(): Promise<Caller> {
    const file = fileURLToPath(new URL('./soak/engineProcess.ts', import.meta.url))
    const child = spawn(process.execPath, ['--import', 'tsx', file, this.databaseUrl], { stdio: ['ignore', 'pipe', 'ignore'] })
    this.#child = child
    this.#caller = new Promise((resolve) => child.stdout!.once('data', (port: Buffer) => resolve(overGrpc(`127.0.0.1:${port.toString().trim()}`, JOB_MS))))
    return this.#caller
  }

  async kill(): Promise<void> {
    const ended = new Promise((resolve) => this.#child!.once('exit', resolve))
    this.#child!.kill('SIGKILL')
    this.kills++
    await ended
  }

  caller(): Promise<Caller> {
    return this.#caller!
  }
}

const JOB_MS = 2000
const NOT_FOUND = 5
const UNAVAILABLE = 14
const DEADLINE = 4
const CANCELLED = 1

test('an engine killed under load loses nothing it has acknowledged, and every request is finished once', async () => {
  const database = await testDatabase()
  onTestFinished(() => database.close())
  const engine = new KilledEngine(database.ownerUrl)
  onTestFinished(() => engine.kill())
  await (await engine.start()).deploy(await diagram('municipal-request'))
  const created = new Set<string>()
  const acknowledged = new Map<string, number>()
  let isOver = false

  const again = async <T>(work: (caller: Caller) => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await work(await engine.caller())
      } catch (error) {
        if (![UNAVAILABLE, DEADLINE, CANCELLED].includes((error as { code: number }).code)) throw error
        await new Promise((resume) => setTimeout(resume, 50))
      }
    }
  }
  const client = async (): Promise<void> => {
    for (let count = 0; count < 25; count++) created.add(await again((caller) => caller.create('{"copies":2}')))
  }
  const worker = async (type: string): Promise<void> => {
    while (!isOver) {
      for (const job of await again((caller) => caller.take(type, 'worker'))) {
        try {
          await again((caller) => caller.complete(job.key, '{"complete":true}'))
        } catch (error) {
          // The answer to the first try was lost with the engine, the deed was not.
          if ((error as { code: number }).code !== NOT_FOUND) throw error
        }
        acknowledged.set(job.key, (acknowledged.get(job.key) ?? 0) + 1)
      }
    }
  }
  const workers = ['check-request', 'io.camunda.zeebe:userTask', 'deliver-act'].flatMap((type) => [worker(type), worker(type)])
  const clients = Promise.all(Array.from({ length: 4 }, client))
  for (let kill = 0; kill < 3; kill++) {
    const before = created.size
    while (created.size < Math.min(before + 12, 100)) await new Promise((resume) => setImmediate(resume))
    await engine.kill()
    await engine.start()
  }
  await clients
  const finished = await untilFinished(database.superUrl, [...created])
  isOver = true
  await Promise.all(workers)

  expect(finished).toEqual({ created: 100, finished: 100, jobs: 0 })
  expect(engine.kills).toBe(3)
}, 120_000)

/** Waits until no job that was acknowledged or waits is left, then counts. Jobs taken before a kill come back after their time. */
async function untilFinished(url: string, keys: string[]): Promise<object> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (;;) {
      const { rows } = await client.query<{ finished: number; jobs: number; created: number }>(
        `SELECT count(*) FILTER (WHERE outcome = 'completed')::int AS finished, cardinality($1::bigint[]) AS created, (SELECT count(*)::int FROM engine.jobs) AS jobs
         FROM engine.history WHERE instance_key = ANY ($1::bigint[])`, [keys])
      if (rows[0]!.jobs === 0) return rows[0]!
      await new Promise((resume) => setTimeout(resume, 100))
    }
  } finally {
    await client.end()
  }
}
