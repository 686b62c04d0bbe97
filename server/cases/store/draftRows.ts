import type { Transaction } from '../../db/transaction.ts'
import type { Draft } from '../draft.ts'
import { ours } from './ours.ts'

export async function findDraft(trx: Transaction, id: string): Promise<Draft | undefined> {
  const row: DraftRow | undefined = await trx('drafts').where({ id, discarded_at: null }).first()
  return row && toDraft(row)
}

/** As {@link findDraft}; nobody else changes, saves or files a draft of this id until the transaction ends, be it there or not. */
export async function lockDraft(trx: Transaction, id: string): Promise<Draft | undefined> {
  await trx.raw(`SELECT pg_advisory_xact_lock(hashtextextended('draft ' || current_tenant() || ?, 0))`, [id.toLowerCase()])
  const row: DraftRow | undefined = await trx('drafts').where({ id, discarded_at: null }).forUpdate().first()
  return row && toDraft(row)
}

/** Writes the draft, whether it was there or not. */
export async function saveDraftRow(trx: Transaction, draft: Draft): Promise<void> {
  await trx('drafts')
    .insert({
      tenant_id: ours(trx),
      id: draft.id,
      procedure: draft.procedure,
      account_id: draft.accountId,
      secret_hash: draft.secretHash,
      answers: JSON.stringify(draft.answers),
      applicant: JSON.stringify(draft.applicant),
      page: draft.page,
      changed_at: draft.changedAt,
      expires_at: draft.expiresAt,
    })
    .onConflict(['tenant_id', 'id'])
    .merge(['account_id', 'secret_hash', 'answers', 'applicant', 'page', 'changed_at', 'expires_at'])
}

/** The drafts of an account or of a cookie's secret, the newest first. */
export async function draftsOf(trx: Transaction, owner: { accountId?: string; secretHash?: Buffer }, procedure?: string): Promise<Draft[]> {
  const rows: DraftRow[] = await trx('drafts')
    .where((either) => {
      if (owner.accountId) void either.orWhere({ account_id: owner.accountId })
      if (owner.secretHash) void either.orWhere({ secret_hash: owner.secretHash })
    })
    .whereNull('discarded_at')
    .modify((query) => (procedure ? void query.where({ procedure }) : undefined))
    .orderBy('changed_at', 'desc')
    .limit(50)
  return rows.map(toDraft)
}

/** Until when, and by which hash of a code, somebody else may take the draft over. */
export async function offerDraftRow(trx: Transaction, id: string, { hash, until }: { hash: Buffer; until: Date }): Promise<void> {
  await trx('drafts').where({ id }).update({ handed_hash: hash, handed_until: until })
}

/** The hash of the code by which the draft may be taken over now. */
export async function offerOfDraft(trx: Transaction, id: string, at: Date): Promise<Buffer | undefined> {
  const row: { handed_hash: Buffer } | undefined = await trx('drafts').where({ id }).where('handed_until', '>', at).first('handed_hash')
  return row?.handed_hash
}

/** Whose it was it is no more; the code has done its work. */
export async function endDraftOffer(trx: Transaction, id: string): Promise<void> {
  await trx('drafts').where({ id }).update({ handed_hash: null, handed_until: null })
}

export async function deleteDraftRow(trx: Transaction, id: string): Promise<void> {
  await trx('drafts').where({ id }).delete()
}

/** Empties a draft that was thrown away; the sweep removes what is left of it. */
export async function discardDraftRow(trx: Transaction, id: string, at: Date): Promise<void> {
  await trx('drafts').where({ id }).update({ answers: '{}', applicant: '{}', discarded_at: at, expires_at: at })
}

/** Whether a draft of this id was thrown away and is not swept yet. */
export async function isDiscarded(trx: Transaction, id: string): Promise<boolean> {
  return (await trx('drafts').where({ id }).whereNotNull('discarded_at').first('id')) !== undefined
}

/** Drafts nobody came back to, and what is left of those thrown away. */
export async function expiredDrafts(trx: Transaction, at: Date, limit: number): Promise<string[]> {
  const rows: { id: string }[] = await trx('drafts')
    .select('id')
    .where('expires_at', '<=', at)
    .orderBy('expires_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
  return rows.map((row) => row.id)
}

/** Sessions that have run out; answers how many went. */
export async function deleteExpiredSessions(trx: Transaction, at: Date): Promise<number> {
  return trx('sessions').where('expires_at', '<=', at).delete()
}

interface DraftRow {
  id: string
  procedure: string
  account_id: string | null
  secret_hash: Buffer | null
  answers: Draft['answers']
  applicant: Draft['applicant']
  page: number
  changed_at: Date
  expires_at: Date
}

function toDraft(row: DraftRow): Draft {
  return {
    id: row.id,
    procedure: row.procedure,
    accountId: row.account_id,
    secretHash: row.secret_hash,
    answers: row.answers,
    applicant: row.applicant,
    page: row.page,
    changedAt: row.changed_at,
    expiresAt: row.expires_at,
  }
}
