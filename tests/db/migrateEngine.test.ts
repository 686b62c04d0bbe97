import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { migrate, migrateEngine } from '../../server/db/migrate.ts'
import { testDatabase } from '../support/postgres.ts'

/** Tables, columns and indexes of the schema `engine`, as lines. */
async function engineSchema(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ line: string }>(`
      SELECT format('%s.%s %s', table_name, column_name, data_type) AS line FROM information_schema.columns WHERE table_schema = 'engine'
      UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'engine' ORDER BY 1`)
    return rows.map(({ line }) => line)
  } finally {
    await client.end()
  }
}

async function empty(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('DROP SCHEMA engine CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION salter_owner')
  await client.end()
}

test('an engine alone gets the same tables as one beside the product, which may follow later', async () => {
  const database = await testDatabase()
  onTestFinished(() => database.close())
  const beside = await engineSchema(database.superUrl)
  await empty(database.superUrl)

  await migrateEngine(database.ownerUrl)
  const alone = await engineSchema(database.superUrl)
  const again = await migrateEngine(database.ownerUrl)
  await migrate(database.ownerUrl)

  expect(alone.length).toBeGreaterThan(20)
  expect(alone).toEqual(beside)
  expect(again).toEqual([])
  expect(await migrateEngine(database.ownerUrl)).toEqual([])
})
