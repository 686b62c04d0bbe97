import type { Knex } from 'knex'
import { v7 as uuidv7 } from 'uuid'
import type { Transaction } from '../../db/transaction.ts'
import type { OutboxEntry, OutboxPayload } from '../outbox.ts'
import { ours } from './ours.ts'

export async function insertOutbox(trx: Transaction, payload: OutboxPayload, atMs: number): Promise<void> {
  const { kind, ...rest } = payload
  await trx('outbox').insert({
    tenant_id: ours(trx),
    id: uuidv7(),
    kind,
    payload: JSON.stringify(rest),
    created_at: new Date(atMs),
    next_at: new Date(atMs),
  })
}

/**
 * Takes the oldest due entry for this loop alone: it is due again at `againAt` should the loop die with it.
 * The attempt is counted before anything is sent, so that a second attempt is known as one whatever happened to the first.
 */
export async function takeDueOutbox(
  trx: Transaction,
  kinds: readonly OutboxPayload['kind'][],
  at: Date,
  againAt: Date,
): Promise<OutboxEntry | undefined> {
  const { rows }: { rows: OutboxRow[] } = await trx.raw(
    `UPDATE outbox
     SET    attempts = attempts + 1, next_at = :againAt
     WHERE  (tenant_id, id) = (SELECT tenant_id, id
                               FROM   outbox
                               WHERE  tenant_id = current_tenant() AND next_at <= :at AND kind = ANY (:kinds)
                                 AND  delivered_at IS NULL AND stalled_at IS NULL
                               ORDER BY next_at, id
                               LIMIT 1
                               FOR UPDATE SKIP LOCKED)
     RETURNING *`,
    { at, againAt, kinds },
  )
  return rows[0] && toOutboxEntry(rows[0])
}

export async function settleOutbox(
  trx: Transaction,
  id: string,
  change: { deliveredAt?: Date; stalledAt?: Date; nextAt?: Date; lastError?: string | null },
): Promise<void> {
  await trx('outbox')
    .where({ id })
    .update({
      ...(change.deliveredAt && { delivered_at: change.deliveredAt }),
      ...(change.stalledAt && { stalled_at: change.stalledAt }),
      ...(change.nextAt && { next_at: change.nextAt }),
      ...(change.lastError !== undefined && { last_error: change.lastError }),
    })
}

/** Removes what was delivered before `before`. */
export async function deleteDelivered(trx: Transaction, before: Date): Promise<number> {
  return trx('outbox').where('delivered_at', '<', before).delete()
}

/** Which tenants have something due at this moment (milliseconds since 1970). The one question that is asked without a tenant. */
export async function tenantsWithWork(pool: Knex, atMs: number): Promise<string[]> {
  const { rows }: { rows: { tenant_id: string }[] } = await pool.raw('SELECT tenants_with_work(?) AS tenant_id', [new Date(atMs)])
  return rows.map((row) => row.tenant_id)
}

export interface OutboxRow {
  id: string
  kind: OutboxPayload['kind']
  payload: Record<string, unknown>
  created_at: Date
  attempts: number
}

export function toOutboxEntry(row: OutboxRow): OutboxEntry {
  return { id: row.id, payload: { ...row.payload, kind: row.kind } as OutboxPayload, createdAt: row.created_at, attempts: row.attempts }
}
