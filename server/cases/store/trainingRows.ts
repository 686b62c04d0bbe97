import type { StaffRole } from '../../identity/actor.ts'
import type { Transaction } from '../../db/transaction.ts'
import { ours } from './ours.ts'

/** An account of the copy itself, for practice in one role. */
export interface PracticeAccount {
  role: StaffRole
  id: string
  username: string
  name: string
}

/** How far the filling of a copy for practice is. */
export interface TrainingFill {
  /** Each filling has requests of its own. */
  generation: number
  phase: 'emptying' | 'inviting' | 'filling' | 'done'
  planned: number
  filed: number
  /** Are where they shall be. */
  settled: number
  accounts: readonly PracticeAccount[]
  askedAt: Date
  doneAt: Date | null
}

export async function findFill(trx: Transaction): Promise<TrainingFill | undefined> {
  const row: FillRow | undefined = await trx('training_fills').first()
  return row && {
    generation: row.generation, phase: row.phase, planned: row.planned, filed: row.filed, settled: row.settled, accounts: row.accounts,
    askedAt: row.asked_at, doneAt: row.done_at,
  }
}

export async function saveFill(trx: Transaction, fill: TrainingFill): Promise<void> {
  await trx('training_fills')
    .insert({
      tenant_id: ours(trx), generation: fill.generation, phase: fill.phase, planned: fill.planned, filed: fill.filed, settled: fill.settled,
      accounts: JSON.stringify(fill.accounts), asked_at: fill.askedAt, done_at: fill.doneAt,
    })
    .onConflict('tenant_id')
    .merge()
}

/** Deletes every request, person and paper of the copy. PostgreSQL itself refuses a town that is none. Answers where the papers' bytes lie. */
export async function emptyCopy(trx: Transaction): Promise<string[]> {
  const papers: { storage_key: string }[] = await trx('document_versions').select('storage_key')
  await trx.raw('SELECT empty_training_copy()')
  return papers.map(({ storage_key }) => storage_key)
}

export async function openCaseIds(trx: Transaction): Promise<string[]> {
  const rows: { id: string }[] = await trx('cases').whereNull('closed_at').select('id').orderBy('id')
  return rows.map(({ id }) => id)
}

/** What was noted before `at` and never tried is as if noted at that moment: its filing was set back, its delivery is not. */
export async function bringOutboxForward(trx: Transaction, at: Date): Promise<void> {
  await trx('outbox').where({ attempts: 0 }).whereNull('stalled_at').where('created_at', '<', at).update({ created_at: at, next_at: at })
}

interface FillRow {
  generation: number
  phase: TrainingFill['phase']
  planned: number
  filed: number
  settled: number
  accounts: PracticeAccount[]
  asked_at: Date
  done_at: Date | null
}
