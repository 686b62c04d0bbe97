import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startPostgres } from '../../server/launch/postgres.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salter-postgres-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a clone in a closed folder still gets its database', { timeout: 60_000 }, async () => {
  await mkdir(join(folder, 'data'))
  await chmod(folder, 0o700)

  const postgres = await startPostgres({ dataDir: join(folder, 'data', 'postgres'), port: 0, durable: false })

  expect(await answerOf(postgres.url)).toBe(1)
  await postgres.stop()
  expect((await stat(join(folder, 'data', 'postgres', 'PG_VERSION'))).uid).toBe(process.getuid?.())
})

test('what was written is there after a restart', { timeout: 60_000 }, async () => {
  await chmod(folder, 0o711)
  const options = { dataDir: join(folder, 'postgres'), port: 0, durable: true }

  const before = await startPostgres(options)
  await ask(before.url, 'CREATE TABLE kept (id integer); INSERT INTO kept VALUES (7)')
  await before.stop()
  const after = await startPostgres(options)
  const kept = await ask(after.url, 'SELECT id FROM kept')
  await after.stop()

  expect(kept).toEqual([{ id: 7 }])
})

test('a database left running by a launcher that was killed is taken over', { timeout: 60_000 }, async () => {
  await chmod(folder, 0o711)
  const options = { dataDir: join(folder, 'postgres'), port: 0, durable: false }
  const left = await startPostgres(options)

  const taken = await startPostgres(options)

  expect(taken.port).toBe(left.port)
  expect(await answerOf(taken.url)).toBe(1)
  await taken.stop()
  await expect(answerOf(left.url)).rejects.toThrow()
})

test('a database that ends by itself is noticed, be it ours or one that was taken over', { timeout: 60_000 }, async () => {
  await chmod(folder, 0o711)
  const options = { dataDir: join(folder, 'postgres'), port: 0, durable: false }
  const ours = await startPostgres(options)
  const taken = await startPostgres(options)
  const [pid] = (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')

  process.kill(Number(pid), 'SIGTERM')
  await Promise.all([ours.ended, taken.ended])

  await expect(answerOf(ours.url)).rejects.toThrow()
  await Promise.all([ours.stop(), taken.stop()])
})

test('a folder with other files in it is not touched, and the sentence says what to do', async () => {
  await chmod(folder, 0o711)
  await mkdir(join(folder, 'postgres'))
  await writeFile(join(folder, 'postgres', 'letter.txt'), 'not a database')

  const starting = startPostgres({ dataDir: join(folder, 'postgres'), port: 0, durable: true })

  await expect(starting).rejects.toMatchObject({ code: 'data-folder-broken', message: expect.stringContaining('--data') })
  expect((await stat(join(folder, 'postgres', 'letter.txt'))).size).toBe(14)
})

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

async function answerOf(url: string): Promise<unknown> {
  const [row] = (await ask(url, 'SELECT 1 AS one')) as { one: number }[]
  return row?.one
}
