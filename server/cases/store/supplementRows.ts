import type { Transaction } from '../../db/transaction.ts'
import type { Supplement } from '../supplement/supplement.ts'
import { ours } from './ours.ts'

export async function insertSupplement(trx: Transaction, supplement: Supplement, askedBy: string): Promise<void> {
  await trx('supplement_requests').insert({
    tenant_id: ours(trx),
    id: supplement.id,
    case_id: supplement.caseId,
    task_id: supplement.taskId,
    missing: JSON.stringify(supplement.missing),
    state: supplement.state,
    asked_at: supplement.askedAt,
    asked_by: askedBy,
    due_at: supplement.dueAt,
    unanswered: supplement.unanswered,
  })
}

/** What the citizen has been asked for and has not answered. Lock the case first, where it is going to change. */
export async function openSupplement(trx: Transaction, caseId: string): Promise<Supplement | undefined> {
  const row: SupplementRow | undefined = await trx('supplement_requests').where({ case_id: caseId, state: 'open' }).first()
  return row && toSupplement(row)
}

/** Oldest first. */
export async function supplementsOf(trx: Transaction, caseId: string): Promise<Supplement[]> {
  const rows: SupplementRow[] = await trx('supplement_requests').where({ case_id: caseId }).orderBy(['asked_at', 'id'])
  return rows.map(toSupplement)
}

export async function settleSupplement(
  trx: Transaction, id: string, settled: { state: 'answered' | 'missed'; answer: string | null; at: Date },
): Promise<void> {
  await trx('supplement_requests').where({ id }).update({ state: settled.state, answer: settled.answer, settled_at: settled.at })
}

interface SupplementRow {
  id: string
  case_id: string
  task_id: string
  missing: string[]
  state: Supplement['state']
  asked_at: Date
  due_at: Date
  unanswered: Supplement['unanswered']
  answer: string | null
  settled_at: Date | null
}

function toSupplement(row: SupplementRow): Supplement {
  return {
    id: row.id,
    caseId: row.case_id,
    taskId: row.task_id,
    missing: row.missing,
    state: row.state,
    askedAt: row.asked_at,
    dueAt: row.due_at,
    unanswered: row.unanswered,
    answer: row.answer,
    settledAt: row.settled_at,
  }
}
