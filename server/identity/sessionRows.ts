import type { Knex } from 'knex'
import type { Actor } from './actor.ts'
import type { TenantDoor } from './tenantDoor.ts'

/** A row of `sessions`. The tenant is the transaction's own. */
export interface SessionRow {
  id_hash: Buffer
  kind: 'login' | 'code'
  subject: string | null
  keycloak_session: string | null
  grant_sealed: Buffer | null
  actor: Actor
  case_id: string | null
  /** Browser and system, roughly; empty when unknown. */
  device: string
  created_at: Date
  seen_at: Date
  expires_at: Date
}

export async function insertSession(trx: Knex.Transaction, row: Omit<SessionRow, 'actor'> & { actor: string }): Promise<void> {
  await trx('sessions').insert({ ...row, tenant_id: trx.raw('current_tenant()') })
}

export async function findSessionRow({ db }: TenantDoor, idHash: Buffer, kind: SessionRow['kind']): Promise<SessionRow | undefined> {
  const [row] = await db.ask<SessionRow>('find_session', idHash, kind)
  return row
}

/** The logins of a person that have not ended by `at`, the one used last first. */
export async function findLoginsOf(trx: Knex.Transaction, subject: string, at: Date): Promise<SessionRow[]> {
  return trx<SessionRow>('sessions').where({ subject, kind: 'login' }).andWhere('expires_at', '>', at).orderBy('seen_at', 'desc').limit(100)
}

export async function updateSession(
  trx: Knex.Transaction,
  idHash: Buffer,
  change: Partial<Pick<SessionRow, 'seen_at' | 'expires_at' | 'grant_sealed'> & { actor: string }>,
): Promise<void> {
  await trx('sessions').where({ id_hash: idHash }).update(change)
}

export async function deleteSession(trx: Knex.Transaction, idHash: Buffer): Promise<void> {
  await trx('sessions').where({ id_hash: idHash }).delete()
}

export async function deleteSessionsOf(trx: Knex.Transaction, whose: { keycloak_session: string } | { subject: string }): Promise<number> {
  return trx('sessions').where(whose).delete()
}
