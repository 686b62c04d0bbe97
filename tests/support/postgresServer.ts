import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../server/db/migrate.ts'
import { prepareDatabases } from '../../server/db/prepare.ts'
import { startPostgres } from '../../server/launch/postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
  }
}

/** Once for all test files: a real PostgreSQL with a migrated template, from which each test takes a clone. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'salter-tests-'))
  await chmod(folder, 0o711) // under root the server runs as another account and must be able to pass
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), port: 0, durable: false, password: 'tests', maxConnections: 300 })
  const addresses = await prepareDatabases(postgres.url, { ownerPassword: 'tests', appPassword: 'tests', keycloakPassword: 'tests' }, 'salter_template')
  await migrate(addresses.owner)
  project.provide('postgresUrl', postgres.url)
  return async () => {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
