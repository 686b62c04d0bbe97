/** A real PostgreSQL with its default durability, in a throwaway folder. */
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { addressOf, prepareDatabases } from '../../server/db/prepare.ts'
import { migrate } from '../../server/db/migrate.ts'
import { startPostgres } from '../../server/launch/postgres.ts'

export interface BenchDatabase {
  ownerUrl: string
  superUrl: string
  query<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>
}

export interface BenchServer {
  /** Makes another database, with the product's tables unless it is for somebody else. */
  database(name: string, options?: { isMigrated: boolean }): Promise<BenchDatabase>
  /** Stops the server and throws everything away. */
  close(): Promise<void>
}

const roles = { ownerPassword: 'bench', appPassword: 'bench', keycloakPassword: 'bench' }

export async function benchServer(): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'salter-bench-'))
  await chmod(folder, 0o711)
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), port: 0, durable: true, password: 'bench' })
  const clients: pg.Client[] = []
  return {
    async database(name, { isMigrated } = { isMigrated: true }) {
      const addresses = await prepareDatabases(postgres.url, roles, name)
      if (isMigrated) await migrate(addresses.owner)
      const superUrl = addressOf(postgres.url, 'postgres', 'bench', name)
      const client = new pg.Client({ connectionString: superUrl })
      await client.connect()
      clients.push(client)
      return {
        ownerUrl: addresses.owner,
        superUrl,
        query: async <Row extends object>(sql: string, values: readonly unknown[] = []) => (await client.query<Row>(sql, [...values])).rows,
      }
    },
    async close() {
      for (const client of clients) await client.end()
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Single-row inserts per second that PostgreSQL itself commits with so many clients; undefined where pgbench is missing. */
export async function pgbenchRate(superUrl: string, clients: number, seconds: number): Promise<number | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'salter-pgbench-'))
  const script = join(folder, 'insert.sql')
  await writeFile(script, 'INSERT INTO pgbench_insert (body) VALUES (repeat(\'x\', 200));\n')
  const client = new pg.Client({ connectionString: superUrl })
  await client.connect()
  try {
    await client.query('CREATE TABLE IF NOT EXISTS pgbench_insert (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text)')
    const args = ['-n', '-c', String(clients), '-j', '1', '-T', String(seconds), '-M', 'prepared', '-f', script, superUrl]
    const { stdout } = await promisify(execFile)('pgbench', args)
    return Number(/tps = ([\d.]+)/.exec(stdout)?.[1])
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined // not on this machine
    throw error
  } finally {
    await client.query('DROP TABLE IF EXISTS pgbench_insert')
    await client.end()
    await rm(folder, { recursive: true })
  }
}
