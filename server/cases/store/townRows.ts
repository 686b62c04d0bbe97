import type { Knex } from 'knex'
import type { Transaction } from '../../db/transaction.ts'
import type { Municipality } from '../../zeebe/municipality.ts'
import type { ProcedurePackage } from '../../zeebe/packages.ts'
import { ours } from './ours.ts'

/** Writes the town as its settings tell it, and its units. A unit that the settings no longer have stays for its old cases. */
export async function saveTown(trx: Transaction, town: Municipality): Promise<void> {
  // Who may sign in is Keycloak's to know.
  const { people, ...settings } = town
  await trx('tenants').insert({ tenant_id: town.id, settings: JSON.stringify(settings) }).onConflict('tenant_id').merge(['settings'])
  for (const unit of town.units) {
    await trx('units')
      .insert({ tenant_id: ours(trx), id: unit.id, prefix: unit.prefix, names: JSON.stringify(unit.names) })
      .onConflict(['tenant_id', 'id'])
      .merge(['prefix', 'names'])
  }
}

/** The version of this very content; a content not seen before becomes the next version. */
export async function savePackage(trx: Transaction, pack: ProcedurePackage, at: Date): Promise<number> {
  const procedure = pack.procedure.id
  await trx.raw(`SELECT pg_advisory_xact_lock(hashtextextended('package ' || current_tenant() || ?, 0))`, [procedure])
  const versions = (): Knex.QueryBuilder => trx('packages').select('version').where({ procedure })
  const same: { version: number } | undefined = await versions().where({ checksum: pack.checksum }).first()
  if (same) return same.version
  const newest: { version: number } | undefined = await versions().orderBy('version', 'desc').first()
  const version = (newest?.version ?? 0) + 1
  await trx('packages').insert({
    tenant_id: ours(trx),
    procedure,
    version,
    checksum: pack.checksum,
    content: JSON.stringify(pack),
    deployed_at: at,
  })
  return version
}

export async function findPackage(trx: Transaction, procedure: string, version: number): Promise<ProcedurePackage | undefined> {
  const row: { content: ProcedurePackage } | undefined = await trx('packages').select('content').where({ procedure, version }).first()
  return row?.content
}

/** All towns of this installation, by id. Asked without a tenant. */
export async function listTowns(pool: Knex): Promise<string[]> {
  const { rows }: { rows: { tenant_id: string }[] } = await pool.raw('SELECT tenant_id FROM list_tenants()')
  return rows.map((row) => row.tenant_id)
}
