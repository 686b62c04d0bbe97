import type { Knex } from 'knex'
import type { Transaction } from '../../db/transaction.ts'
import { Municipality } from '../../zeebe/municipality.ts'
import type { ProcedurePackage } from '../../zeebe/packages.ts'
import type { Emblem } from '../context.ts'
import { ours } from './ours.ts'

/**
 * Writes the town as its settings tell it, its own picture if one is given, and its units. A unit that the settings no longer have
 * stays for its old cases. A file's settings do not count against what people entered here since.
 */
export async function saveTown(trx: Transaction, town: Municipality, emblem?: Emblem): Promise<void> {
  // Who may sign in is Keycloak's to know.
  const { people, ...settings } = town
  const picture = emblem ? { emblem: emblem.bytes, emblem_type: emblem.mediaType } : {}
  const written = await trx('tenants')
    .insert({ tenant_id: town.id, settings: JSON.stringify(settings), ...picture })
    .onConflict('tenant_id')
    .merge(['settings', ...Object.keys(picture)])
    .whereRaw(`? OR tenants.settings->>'origin' IS DISTINCT FROM 'product'`, [town.origin === 'product'])
    .returning('tenant_id')
  if (written.length === 0) return
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

/** The town's own picture, if it gave one. */
export async function findEmblem(trx: Transaction): Promise<Emblem | undefined> {
  const row: { emblem: Buffer | null; emblem_type: Emblem['mediaType'] } | undefined = await trx('tenants').select('emblem', 'emblem_type').first()
  return row?.emblem ? { bytes: row.emblem, mediaType: row.emblem_type } : undefined
}

/** All towns that were ever written down here, by id. Asked without a tenant. */
export async function listTowns(pool: Knex): Promise<Municipality[]> {
  const { rows }: { rows: { settings: unknown }[] } = await pool.raw('SELECT settings FROM list_tenants()')
  return rows.map(({ settings }) => Municipality.parse(settings))
}
