import { createHash } from 'node:crypto'
import type { Transaction } from '../db/transaction.ts'
import type { Json } from './case.ts'
import type { Context } from './context.ts'
import { auditEntriesAfter, insertAuditEntry, lockChainEnd } from './store/auditRows.ts'

/** One line of the tenant's chain: who did what to what, for whom and why. Ids only, nothing personal. */
export interface AuditEntry {
  sequence: bigint
  at: Date
  actor: string
  /** The person on whose behalf, by id. */
  forWhom: string | null
  /** `case.open`, `task.complete`: noun and verb. */
  action: string
  /** Id of what it was done to. */
  subject: string
  reason: string | null
  facts: Record<string, Json>
  previousHash: Buffer
  /** SHA-256 over the previous hash and this entry's content. */
  hash: Buffer
}

export interface NewAuditEntry {
  action: string
  subject: string
  forWhom?: string | null
  reason?: string
  facts?: Record<string, Json>
}

const beginning = Buffer.alloc(32)

/** Adds an entry to the tenant's chain. Call it last in a transaction: it holds the end of the chain until the commit. */
export async function addAudit(trx: Transaction, { actor, clock }: Pick<Context, 'actor' | 'clock'>, entry: NewAuditEntry): Promise<void> {
  const end = await lockChainEnd(trx)
  const content = {
    sequence: (end?.sequence ?? 0n) + 1n,
    at: new Date(clock.now()),
    actor: actor.id,
    forWhom: entry.forWhom ?? null,
    action: entry.action,
    subject: entry.subject,
    reason: entry.reason ?? null,
    facts: entry.facts ?? {},
  }
  const previousHash = end?.hash ?? beginning
  await insertAuditEntry(trx, { ...content, previousHash, hash: hashOf(previousHash, content) })
}

/** What a check of the chain found. */
export interface AuditCheck {
  /** How many entries are sound, from the first on. */
  entries: number
  /** The first that is not. */
  brokenAt: bigint | null
  /**
   * The hash of the last sound entry, hex. Whoever keeps it outside can tell later that nothing before it was exchanged, the end
   * cut off, or the whole chain written anew: what a chain by itself cannot show.
   */
  seal: string
}

/** Checks the whole chain of the tenant, a thousand entries at a time. */
export async function verifyAudit(context: Pick<Context, 'db'>): Promise<AuditCheck> {
  return context.db.transaction(async (trx) => {
    let last: { sequence: bigint; hash: Buffer } = { sequence: 0n, hash: beginning }
    for (;;) {
      const entries = await auditEntriesAfter(trx, last.sequence, 1000)
      for (const entry of entries) {
        const follows = entry.sequence === last.sequence + 1n && entry.previousHash.equals(last.hash)
        if (!follows || !hashOf(entry.previousHash, entry).equals(entry.hash)) {
          return { entries: Number(last.sequence), brokenAt: entry.sequence, seal: last.hash.toString('hex') }
        }
        last = entry
      }
      if (entries.length < 1000) return { entries: Number(last.sequence), brokenAt: null, seal: last.hash.toString('hex') }
    }
  })
}

function hashOf(previous: Buffer, entry: Omit<AuditEntry, 'previousHash' | 'hash'>): Buffer {
  const { sequence, at, actor, forWhom, action, subject, reason, facts } = entry
  const content = [String(sequence), at.toISOString(), actor, forWhom, action, subject, reason, sortedKeys(facts)]
  return createHash('sha256').update(previous).update(JSON.stringify(content)).digest()
}

// jsonb keeps no order of keys, the hash needs one.
function sortedKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortedKeys)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sortedKeys(value[key]!)]))
}
