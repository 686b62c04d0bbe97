/** A PostgreSQL with its default durability, in a throwaway folder, that can be killed and started again. */
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '../../server/db/migrate.ts'
import { addressOf, prepareDatabases } from '../../server/db/prepare.ts'
import { startPostgres } from '../../server/launch/postgres.ts'
import { killTree } from './killTree.ts'

export interface SoakDatabase {
  readonly ownerUrl: string
  readonly superUrl: string
  /** Kills the server and all its processes with SIGKILL, starts it again, and resolves when it answers. */
  crash(): Promise<void>
  close(): Promise<void>
}

const roles = { ownerPassword: 'soak', appPassword: 'soak', keycloakPassword: 'soak' }

export async function soakDatabase(): Promise<SoakDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'salter-soak-'))
  await chmod(folder, 0o711) // under root the server runs as another account and must be able to pass
  const dataDir = join(folder, 'postgres')
  const start = (port: number) => startPostgres({ dataDir, port, durable: true, password: 'soak' })
  let postgres = await start(0)
  const { port, url } = postgres
  const addresses = await prepareDatabases(url, roles, 'salter_soak')
  await migrate(addresses.owner)
  return {
    ownerUrl: addresses.owner,
    superUrl: addressOf(url, 'postgres', 'soak', 'salter_soak'),
    async crash() {
      await killTree(Number((await readFile(join(dataDir, 'postmaster.pid'), 'utf8')).split('\n')[0]))
      postgres = await start(port)
    },
    async close() {
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** One statement on a connection of its own, since the former may have ended with the server. */
export async function ask<Row extends object>(url: string, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql, [...values])).rows
  } finally {
    await client.end()
  }
}
