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

/** Knex's own two tables say which migrations have run; the server has no right to them at all. */
const notOurs = ['knex_migrations', 'knex_migrations_lock']

test('every product table stands behind the tenant wall, for its owner too, whoever adds one', async () => {
  const { rows } = await pool.raw(`
    SELECT c.relname AS name,
           c.relrowsecurity AND c.relforcerowsecurity AS walled,
           (SELECT bool_or(polcmd = '*' AND polpermissive AND pg_get_expr(polqual, polrelid) = '(tenant_id = current_tenant())'
                           AND pg_get_expr(polwithcheck, polrelid) = '(tenant_id = current_tenant())' AND polroles = '{0}')
            FROM pg_policy WHERE polrelid = c.oid) AS by_tenant,
           -- Another permissive policy would open what this one closes.
           (SELECT count(*)::int FROM pg_policy WHERE polrelid = c.oid AND polroles <> ARRAY['salter_owner'::regrole::oid]) AS doors
    FROM   pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE  n.nspname = 'public' AND c.relkind IN ('r', 'p', 'f', 'v', 'm') AND NOT c.relname = ANY (:notOurs)`, { notOurs })

  const names = rows.map(({ name }: { name: string }) => name)
  expect(rows).toEqual(names.map((name: string) => ({ name, walled: true, by_tenant: true, doors: 1 })))
  expect(names).toEqual(expect.arrayContaining(tenantTables))
})

test('the server’s role is bound by the wall, owns nothing, belongs to no other role and makes nothing', async () => {
  const { rows } = await pool.raw(`
    SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication,
           EXISTS (SELECT FROM pg_auth_members WHERE member = r.oid) AS member,
           EXISTS (SELECT FROM pg_class WHERE relowner = r.oid) AS owns,
           has_schema_privilege(r.oid, 'public', 'CREATE') AS makes_tables,
           has_schema_privilege(r.oid, 'engine', 'USAGE') AS sees_engine
    FROM pg_roles r WHERE rolname = 'salter_app'`)

  expect(rows).toEqual([{
    rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false, rolreplication: false,
    member: false, owns: false, makes_tables: false, sees_engine: false,
  }])
})

/** What the server may delete has a short life or was never sent. */
const deleted = ['documents', 'document_versions', 'drafts', 'outbox', 'sessions']
/** Written once: what was deployed, registered, told and done stays as it was. */
const writtenOnce = ['payment_receipts', 'audit_entries', 'packages', 'register_entries', 'timeline_entries']

test('the server has the rights it needs and no more', async () => {
  const { rows }: { rows: { name: string; rights: string[] }[] } = await pool.raw(`
    SELECT c.relname AS name, array(
             SELECT right_
             FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']) AS right_
             WHERE has_table_privilege('salter_app', c.oid, right_)) AS rights
    FROM   pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE  n.nspname = 'public' AND c.relkind IN ('r', 'p', 'f', 'v', 'm') ORDER BY name`)

  const needed = (name: string): string[] => (notOurs.includes(name) ? [] : [
    'SELECT', 'INSERT', ...(writtenOnce.includes(name) ? [] : ['UPDATE']), ...(deleted.includes(name) ? ['DELETE'] : []),
  ])
  expect(rows).toEqual(rows.map(({ name }) => ({ name, rights: needed(name) })))
})

test('what runs as the owner on behalf of the server is four questions and the emptying of a practice copy, each with a fixed path', async () => {
  const { rows } = await pool.raw(`
    SELECT proname AS name, proconfig AS settings
    FROM   pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE  n.nspname = 'public' AND prosecdef AND has_function_privilege('salter_app', p.oid, 'EXECUTE') ORDER BY name`)

  const settings = ['search_path=public, pg_temp']
  expect(rows).toEqual([
    { name: 'empty_training_copy', settings },
    { name: 'find_people', settings },
    { name: 'list_tenants', settings },
    { name: 'people_named_like', settings: [...settings, 'pg_trgm.similarity_threshold=0.4'] },
    { name: 'tenants_with_work', settings },
  ])
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

test('a session asked for in one statement is found by its own tenant only, and the connection forgets the tenant', async () => {
  const hash = Buffer.alloc(32, 7)
  const at = new Date(0)
  await forTenant(pool, 'sombor').transaction((trx) => trx('sessions').insert({
    tenant_id: 'sombor', id_hash: hash, kind: 'code', actor: '{}', created_at: at, seen_at: at, expires_at: at,
  }))

  const found = await Promise.all(['sombor', 'stara-zagora'].map((town) => forTenant(pool, town).ask<{ tenant_id: string }>('find_session', hash, 'code')))
  const { rows } = await pool.raw(`SELECT current_tenant() AS tenant`)

  expect(found.map((each) => each.map(({ tenant_id }) => tenant_id))).toEqual([['sombor'], []])
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
  await expect(owner.raw('TRUNCATE audit_entries')).rejects.toThrow(/append-only/)
  await owner.destroy()
})
