import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { addressOf } from '../../server/db/prepare.ts'

export interface TestDatabase {
  /** As `salter_owner`. */
  ownerUrl: string
  /** As `salter_app`, under row-level security. */
  appUrl: string
  /** As the superuser, for what only an operator could do. */
  superUrl: string
  close(): Promise<void>
}

/** A database of one's own, cloned from the migrated template. Close it when done. */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await asSuperuser(async (client) => {
    await client.query(`CREATE DATABASE ${name} TEMPLATE salter_template OWNER salter_owner STRATEGY file_copy`)
  })
  const url = inject('postgresUrl')
  return {
    ownerUrl: addressOf(url, 'salter_owner', 'tests', name),
    appUrl: addressOf(url, 'salter_app', 'tests', name),
    superUrl: addressOf(url, 'postgres', 'tests', name),
    close: () => asSuperuser(async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))),
  }
}

async function asSuperuser(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
