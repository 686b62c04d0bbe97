import type { Knex } from 'knex'
import type { Transaction } from '../../db/transaction.ts'
import type { AuditEntry } from '../audit.ts'
import { ours } from './ours.ts'

/** The end of the tenant's chain, held until the transaction ends so that the next entry follows this one. */
export async function lockChainEnd(trx: Transaction): Promise<{ sequence: bigint; hash: Buffer } | undefined> {
  await trx.raw(`SELECT pg_advisory_xact_lock(hashtextextended('audit ' || current_tenant(), 0))`)
  const row: Pick<AuditRow, 'sequence' | 'hash'> | undefined =
    await trx('audit_entries').select('sequence', 'hash').orderBy('sequence', 'desc').first()
  return row && { sequence: BigInt(row.sequence), hash: row.hash }
}

export async function insertAuditEntry(trx: Transaction, entry: AuditEntry): Promise<void> {
  await trx('audit_entries').insert({
    tenant_id: ours(trx),
    sequence: String(entry.sequence),
    at: entry.at,
    actor: entry.actor,
    for_whom: entry.forWhom,
    action: entry.action,
    subject: entry.subject,
    reason: entry.reason,
    facts: JSON.stringify(entry.facts),
    previous_hash: entry.previousHash,
    hash: entry.hash,
  })
}

/** Up to `limit` entries after `sequence`, in order. */
export async function auditEntriesAfter(trx: Transaction, sequence: bigint, limit: number): Promise<AuditEntry[]> {
  const rows: AuditRow[] = await trx('audit_entries').where('sequence', '>', String(sequence)).orderBy('sequence').limit(limit)
  return rows.map(toAuditEntry)
}

/** What was done to one thing, newest first, by anyone or by one actor. */
export async function auditEntriesOf(trx: Transaction, of: Done, limit: number): Promise<AuditEntry[]> {
  const rows: AuditRow[] = await entriesOf(trx, of, limit)
  return rows.map(toAuditEntry)
}

export interface Done {
  subject: string
  action: string
  actor?: string
}

/** The question itself, so that a test can ask for its plan. */
export function entriesOf(trx: Transaction, of: Done, limit: number): Knex.QueryBuilder {
  return trx('audit_entries').where(of).orderBy('sequence', 'desc').limit(limit)
}

interface AuditRow {
  sequence: string
  at: Date
  actor: string
  for_whom: string | null
  action: string
  subject: string
  reason: string | null
  facts: AuditEntry['facts']
  previous_hash: Buffer
  hash: Buffer
}

function toAuditEntry(row: AuditRow): AuditEntry {
  return {
    sequence: BigInt(row.sequence),
    at: row.at,
    actor: row.actor,
    forWhom: row.for_whom,
    action: row.action,
    subject: row.subject,
    reason: row.reason,
    facts: row.facts,
    previousHash: row.previous_hash,
    hash: row.hash,
  }
}
