/** A PostgreSQL with its default durability, in a throwaway folder, that can be killed and started again. */
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '../../server/db/migrate.ts'
import { addressOf, prepareDatabases } from '../../server/db/prepare.ts'
import { startPostgres } from '../../server/launch/postgres.ts'
import { isAlive, killTree } from './killTree.ts'
import type { SmallDisk } from './smallDisk.ts'

export interface SoakDatabase {
  readonly ownerUrl: string
  readonly superUrl: string
  /** Kills the server and all its processes with SIGKILL, starts it again, and resolves when it answers. */
  crash(): Promise<void>
  /** Starts the server again if it has ended by itself. */
  readonly revive: () => Promise<void>
  /** The disk it lies on. Throws where it has none of its own. */
  readonly disk: SmallDisk
  close(): Promise<void>
}

/** For so long a server may take to come back by itself. */
const LOOK_EVERY_MS = 100
const LOOKS = 200

const roles = { ownerPassword: 'soak', appPassword: 'soak', keycloakPassword: 'soak' }

/** @param disk to lie on, unmounted in the end; the machine's own if there is none */
export async function soakDatabase(disk?: SmallDisk): Promise<SoakDatabase> {
  const folder = disk?.folder ?? (await mkdtemp(join(tmpdir(), 'salter-soak-')))
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
    get disk() {
      if (!disk) throw new Error('Expected a database on a disk of its own, but it lies on the machine\'s')
      return disk
    },
    async crash() {
      await killTree(await pidIn(dataDir))
      postgres = await start(port)
    },
    async revive() {
      const pid = await pidIn(dataDir)
      // A server that cannot recover gives up after a moment.
      for (let look = 0; look < LOOKS && isAlive(pid); look++) {
        if (await ask(url, 'SELECT').then(() => true, () => false)) return
        await new Promise((resume) => setTimeout(resume, LOOK_EVERY_MS))
      }
      await killTree(pid)
      postgres = await start(port)
    },
    async close() {
      await postgres.stop()
      if (disk) await disk.unmount()
      else await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Of a server that runs or has run in this folder; 0 when it has ended in order. */
async function pidIn(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '0')).split('\n')[0])
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
