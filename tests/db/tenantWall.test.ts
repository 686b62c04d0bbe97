import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Knex } from 'knex'
import { openPool } from '../../server/db/pool.ts'
import { forTenant } from '../../server/db/transaction.ts'
import { tenantTables } from '../../server/db/migrations/20261124090000_create_product_tables.ts'
import { testDatabase, type TestDatabase } from '../support/postgres.ts'

let database: TestDatabase
let pool: Knex

beforeAll(async () => {
  database = await testDatabase()
  pool = openPool(database.appUrl)
  for (const tenant of ['sombor', 'stara-zagora']) {
    await forTenant(pool, tenant).transaction(async (trx) => {
      await trx('tenants').insert({ tenant_id: tenant, settings: {} })
      await trx('units').insert({ tenant_id: tenant, id: 'registry', names: {} })
    })
  }
})

afterAll(async () => {
  await pool.destroy()
  await database.close()
})

test('every product table stands behind the tenant wall, for its owner too', async () => {
  const { rows } = await pool.raw(`
    SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS walled
    FROM   pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE  n.nspname = 'public' AND c.relkind = 'r' AND c.relname NOT LIKE 'knex_%'`)

  expect(rows.filter((row: { walled: boolean }) => !row.walled)).toEqual([])
  expect(rows.map((row: { name: string }) => row.name).sort()).toEqual([...tenantTables].sort())
})

test('a tenant sees its own rows and nobody else’s', async () => {
  const seen = await forTenant(pool, 'sombor').transaction((trx) => trx('units').select('tenant_id'))

  expect(seen).toEqual([{ tenant_id: 'sombor' }])
})

test('a statement that forgets its tenant finds nothing', async () => {
  expect(await pool('units').select()).toEqual([])
  expect(await pool('tenants').select()).toEqual([])
})

test('a row for another tenant cannot be written', async () => {
  const write = forTenant(pool, 'sombor').transaction((trx) => trx('units').insert({ tenant_id: 'stara-zagora', id: 'stolen', names: {} }))

  await expect(write).rejects.toThrow(/row-level security/)
})

test('a pooled connection does not carry the tenant to the next one', async () => {
  await forTenant(pool, 'sombor').transaction((trx) => trx('units').select())

  const { rows } = await pool.raw(`SELECT current_tenant() AS tenant`)

  expect(rows[0].tenant).toBeNull()
})

test('the list of tenants is open to the server, and nothing else of them', async () => {
  const { rows } = await pool.raw('SELECT tenant_id FROM list_tenants()')

  expect(rows.map((row: { tenant_id: string }) => row.tenant_id)).toEqual(['sombor', 'stara-zagora'])
})

test('the server can neither remove nor rewrite what was registered or told in a history; it may annul an entry', async () => {
  const sombor = forTenant(pool, 'sombor')
  const attempt = (statement: string): Promise<string> =>
    sombor.transaction((trx) => trx.raw(statement)).then(() => 'done', (error: Error) => (/permission denied/.test(error.message) ? 'denied' : error.message))

  expect(await attempt('DELETE FROM register_entries')).toBe('denied')
  expect(await attempt(`UPDATE register_entries SET number = '1'`)).toBe('denied')
  expect(await attempt('UPDATE register_entries SET annulled_at = now()')).toBe('done')
  expect(await attempt('DELETE FROM timeline_entries')).toBe('denied')
  expect(await attempt(`UPDATE timeline_entries SET kind = 'filed'`)).toBe('denied')
})

test('an audit entry can be neither changed nor removed', async () => {
  const sombor = forTenant(pool, 'sombor')
  const entry = { tenant_id: 'sombor', sequence: 1, at: new Date(0), actor: 'a', action: 'b', subject: 'c', previous_hash: Buffer.alloc(0), hash: Buffer.alloc(32) }
  await sombor.transaction((trx) => trx('audit_entries').insert(entry))

  await expect(sombor.transaction((trx) => trx('audit_entries').update({ actor: 'x' }))).rejects.toThrow(/permission denied/)
  const owner = openPool(database.ownerUrl)
  await expect(forTenant(owner, 'sombor').transaction((trx) => trx('audit_entries').delete())).rejects.toThrow(/append-only/)
  await owner.destroy()
})
