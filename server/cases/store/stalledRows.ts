import type { Transaction } from '../../db/transaction.ts'
import type { StalledEntry } from '../operation/trouble.ts'
import type { OutboxEntry, OutboxPayload } from '../outbox.ts'
import { toOutboxEntry, type OutboxRow } from './outboxRows.ts'

/** What no loop will send any more, the newest first. */
export async function listStalled(trx: Transaction, limit: number): Promise<StalledEntry[]> {
  const { rows }: { rows: StalledRow[] } = await trx.raw(
    `SELECT o.*, m.address, coalesce(m.case_id, t.case_id) AS case_id
     FROM   outbox o
     LEFT JOIN messages m ON o.kind IN ('send-message', 'send-sms') AND (m.tenant_id, m.id) = (o.tenant_id, (o.payload ->> 'messageId')::uuid)
     LEFT JOIN tasks t ON o.kind = 'complete-job' AND (t.tenant_id, t.id) = (o.tenant_id, (o.payload ->> 'taskId')::uuid)
     WHERE  o.tenant_id = current_tenant() AND o.stalled_at IS NOT NULL
     ORDER BY o.stalled_at DESC, o.id
     LIMIT  :limit`,
    { limit },
  )
  return rows.map(toStalledEntry)
}

/** The entry, if it is stalled; nobody else decides about it until the transaction ends. */
export async function lockStalled(trx: Transaction, id: string): Promise<OutboxEntry | undefined> {
  const row: OutboxRow | undefined = await trx('outbox').where({ id }).whereNotNull('stalled_at').forUpdate().first()
  return row && toOutboxEntry(row)
}

export async function removeOutbox(trx: Transaction, id: string): Promise<void> {
  await trx('outbox').where({ id }).delete()
}

interface StalledRow extends OutboxRow {
  address: string | null
  case_id: string | null
  last_error: string | null
  stalled_at: Date
}

function toStalledEntry(row: StalledRow): StalledEntry {
  const payload = { ...row.payload, kind: row.kind } as OutboxPayload
  return {
    id: row.id,
    kind: row.kind,
    // A case starts by a message whose key is the case's own id.
    caseId: payload.kind === 'publish-message' ? payload.correlationKey : row.case_id,
    taskId: payload.kind === 'complete-job' ? payload.taskId : null,
    address: row.address,
    attempts: row.attempts,
    lastError: row.last_error ?? '',
    createdAt: row.created_at,
    stalledAt: row.stalled_at,
  }
}
