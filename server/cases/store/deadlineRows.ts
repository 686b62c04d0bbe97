import type { Transaction } from '../../db/transaction.ts'
import type { CaseDeadline, DeadlineRule, Pause } from '../deadlines/deadline.ts'
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
    formula: deadline.formula && JSON.stringify(deadline.formula),
  })
}

/** The newest term of each of these cases. */
export async function deadlinesOf(trx: Transaction, caseIds: readonly string[]): Promise<Map<string, CaseDeadline>> {
  const rows: DeadlineRow[] = await trx('deadlines').whereIn('case_id', [...caseIds]).orderBy(['starts_at', 'id'])
  return withPauses(trx, rows)
}

/** The newest term of a case; nobody else changes it until the transaction ends. */
export async function lockDeadline(trx: Transaction, caseId: string): Promise<CaseDeadline | undefined> {
  const rows: DeadlineRow[] = await trx('deadlines').where({ case_id: caseId }).orderBy(['starts_at', 'id']).forUpdate()
  return (await withPauses(trx, rows)).get(caseId)
}

/** Writes what a standstill or an extension has changed. */
export async function saveDeadline(trx: Transaction, deadline: CaseDeadline): Promise<void> {
  await trx('deadlines').where({ id: deadline.id }).update({
    due_at: deadline.dueAt,
    extended_at: deadline.extendedAt,
    extension: deadline.extension && JSON.stringify(deadline.extension),
    formula: deadline.formula && JSON.stringify(deadline.formula),
  })
}

export async function insertPause(trx: Transaction, deadlineId: string, pause: Pause, begunBy: string): Promise<void> {
  await trx('deadline_pauses').insert({
    tenant_id: ours(trx),
    id: pause.id,
    deadline_id: deadlineId,
    began_at: pause.from,
    why: pause.why,
    words: pause.words,
    begun_by: begunBy,
    begun_by_name: pause.begunByName,
  })
}

export async function endPause(trx: Transaction, pauseId: string, at: Date, endedBy: string): Promise<void> {
  await trx('deadline_pauses').where({ id: pauseId, ended_at: null }).update({ ended_at: at, ended_by: endedBy })
}

/** Ends all running terms of a case, and what they stand for. */
export async function endDeadlines(trx: Transaction, caseId: string, at: Date, endedBy: string): Promise<void> {
  const terms = trx('deadlines').where({ case_id: caseId }).select('id')
  await trx('deadline_pauses').whereIn('deadline_id', terms).where({ ended_at: null }).update({ ended_at: at, ended_by: endedBy })
  await trx('deadlines').where({ case_id: caseId, ended_at: null }).update({ ended_at: at })
}

export interface DeadlineRow {
  id: string
  case_id: string
  kind: string
  rule: DeadlineRule
  starts_at: Date
  due_at: Date
  extended_at: Date | null
  extension: CaseDeadline['extension']
  formula: CaseDeadline['formula']
  ended_at: Date | null
}

interface PauseRow {
  id: string
  deadline_id: string
  began_at: Date
  ended_at: Date | null
  why: Pause['why']
  words: string
  begun_by_name: string | null
}

async function withPauses(trx: Transaction, rows: readonly DeadlineRow[]): Promise<Map<string, CaseDeadline>> {
  if (rows.length === 0) return new Map()
  const ids = rows.map((row) => row.id)
  const pauses: PauseRow[] = await trx('deadline_pauses').whereIn('deadline_id', ids).orderBy(['began_at', 'id'])
  const of = (id: string): Pause[] => pauses.filter((pause) => pause.deadline_id === id).map(toPause)
  return new Map(rows.map((row) => [row.case_id, toDeadline(row, of(row.id))]))
}

function toDeadline(row: DeadlineRow, pauses: Pause[]): CaseDeadline {
  return {
    id: row.id,
    caseId: row.case_id,
    kind: row.kind,
    rule: row.rule,
    startsAt: row.starts_at,
    dueAt: row.due_at,
    pauses,
    extendedAt: row.extended_at,
    extension: row.extension,
    formula: row.formula,
    endedAt: row.ended_at,
  }
}

function toPause(row: PauseRow): Pause {
  return {
    id: row.id, from: row.began_at, to: row.ended_at, why: row.why, words: row.words, begunByName: row.begun_by_name,
  }
}
