import type { Transaction } from '../../db/transaction.ts'
import type { CaseDeadline, DeadlineRule } from '../deadlines/deadline.ts'
import { ours } from './ours.ts'

export async function insertDeadline(trx: Transaction, deadline: CaseDeadline): Promise<void> {
  await trx('deadlines').insert({
    tenant_id: ours(trx),
    id: deadline.id,
    case_id: deadline.caseId,
    kind: deadline.kind,
    rule: JSON.stringify(deadline.rule),
    starts_at: deadline.startsAt,
    due_at: deadline.dueAt,
  })
}

/** The newest term of each of these cases. */
export async function deadlinesOf(trx: Transaction, caseIds: readonly string[]): Promise<Map<string, CaseDeadline>> {
  const rows: DeadlineRow[] = await trx('deadlines').whereIn('case_id', [...caseIds]).orderBy(['starts_at', 'id'])
  return new Map(rows.map((row) => [row.case_id, toDeadline(row)]))
}

/** Ends all running terms of a case. */
export async function endDeadlines(trx: Transaction, caseId: string, at: Date): Promise<void> {
  await trx('deadlines').where({ case_id: caseId, ended_at: null }).update({ ended_at: at })
}

export interface DeadlineRow {
  id: string
  case_id: string
  kind: string
  rule: DeadlineRule
  starts_at: Date
  due_at: Date
  suspended_since: Date | null
  suspensions: { from: string; to: string }[]
  extended_at: Date | null
  ended_at: Date | null
}

function toDeadline(row: DeadlineRow): CaseDeadline {
  return {
    id: row.id,
    caseId: row.case_id,
    kind: row.kind,
    rule: row.rule,
    startsAt: row.starts_at,
    dueAt: row.due_at,
    suspendedSince: row.suspended_since,
    suspensions: row.suspensions,
    extendedAt: row.extended_at,
    endedAt: row.ended_at,
  }
}
