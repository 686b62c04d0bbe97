import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Knex } from 'knex'
import pg from 'pg'
import { openPool } from '../../server/db/pool.ts'
import { forTenant } from '../../server/db/transaction.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'

let database: TestDatabase
let pool: Knex

beforeAll(async () => {
  database = await testDatabase()
  pool = openPool(database.appUrl)
})

afterAll(async () => {
  await pool.destroy()
  await database.close()
})

test('a database that is not there is an outage, which is worth trying again', async () => {
  const address = new URL(database.appUrl)
  address.port = '9'
  const nowhere = openPool(address.href)

  const asked = forTenant(nowhere, 'sombor').transaction((trx) => trx('units').select())

  await expect(asked).rejects.toMatchObject({ name: 'Outage', system: 'postgres' })
  await nowhere.destroy()
})

test('so is one that is stopped in the middle of a transaction', async () => {
  const asked = forTenant(pool, 'sombor').transaction(async (trx) => {
    const { rows } = await trx.raw('SELECT pg_backend_pid() AS pid')
    await asSuperuser('SELECT pg_terminate_backend($1)', [rows[0].pid])
    await trx('units').select()
  })

  await expect(asked).rejects.toMatchObject({ name: 'Outage', system: 'postgres' })
})

test('so is a disk without room: nothing of ours is wrong, and it passes', async () => {
  const asked = forTenant(pool, 'sombor').transaction((trx) => trx.raw(
    `DO $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$`,
  ))

  await expect(asked).rejects.toMatchObject({ name: 'Outage', system: 'postgres', cause: { code: '53100' } })
})

test('a statement of ours that is wrong is none, and what a verb throws stays what it is', async () => {
  const db = forTenant(pool, 'sombor')

  await expect(db.transaction((trx) => trx('no_such_table').select())).rejects.not.toMatchObject({ name: 'Outage' })
  await expect(db.transaction(() => Promise.reject(new RangeError('mine')))).rejects.toThrow(RangeError)
})

async function asSuperuser(statement: string, values: unknown[]): Promise<void> {
  const client = new pg.Client({ connectionString: database.superUrl })
  await client.connect()
  await client.query(statement, values)
  await client.end()
}
