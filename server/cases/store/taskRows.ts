import type { Transaction } from '../../db/transaction.ts'
import type { Task } from '../task.ts'
import { ours } from './ours.ts'

/** Writes the task of a job, or notes that the job came again. Answers the task and whether it is new. */
export async function upsertTask(trx: Transaction, task: Task): Promise<{ task: Task; isNew: boolean }> {
  const rows: (TaskRow & { is_new: boolean })[] = await trx('tasks')
    .insert({ tenant_id: ours(trx), ...toRow(task) })
    .onConflict(['tenant_id', 'job_key'])
    .merge(['proved_at'])
    // xmax is zero in a row that this statement has made.
    .returning(['*', trx.raw('(xmax = 0) AS is_new')])
  return { task: toTask(rows[0]!), isNew: rows[0]!.is_new }
}

export async function findTask(trx: Transaction, id: string): Promise<Task | undefined> {
  const row: TaskRow | undefined = await trx('tasks').where({ id }).first()
  return row && toTask(row)
}

/** As {@link findTask}; nobody else changes the task until the transaction ends. */
export async function lockTask(trx: Transaction, id: string): Promise<Task | undefined> {
  const row: TaskRow | undefined = await trx('tasks').where({ id }).forUpdate().first()
  return row && toTask(row)
}

/** Writes all that may change of a task. */
export async function saveTask(trx: Transaction, task: Task): Promise<Task> {
  const { holder, holder_name, taken_at, status, gone_reason, draft, draft_saved_at, answers, completed_at, proved_at } = toRow(task)
  await trx('tasks')
    .where({ id: task.id })
    .update({ holder, holder_name, taken_at, status, gone_reason, draft, draft_saved_at, answers, completed_at, proved_at })
  return task
}

/** Notes that the engine knows the job at this moment. */
export async function noteProof(trx: Transaction, id: string, at: Date): Promise<void> {
  await trx('tasks').where({ id }).update({ proved_at: at })
}

export async function tasksOfCase(trx: Transaction, caseId: string): Promise<Task[]> {
  const rows: TaskRow[] = await trx('tasks').where({ case_id: caseId }).orderBy(['created_at', 'id'])
  return rows.map(toTask)
}

/** The tasks of each of these cases; a case without any is not named. */
export async function tasksOfCases(trx: Transaction, caseIds: readonly string[]): Promise<Map<string, Task[]>> {
  const rows: TaskRow[] = await trx('tasks').whereIn('case_id', [...caseIds]).orderBy(['created_at', 'id'])
  const byCase = new Map<string, Task[]>()
  for (const task of rows.map(toTask)) byCase.set(task.caseId, [...(byCase.get(task.caseId) ?? []), task])
  return byCase
}

/** Open tasks the engine has not confirmed since `before`, longest ago first. A task that is completing is the outbox's to settle. */
export async function tasksToProve(trx: Transaction, before: Date, limit: number): Promise<Task[]> {
  const rows: TaskRow[] = await trx('tasks').where('proved_at', '<', before).where({ status: 'open' }).orderBy('proved_at').limit(limit)
  return rows.map(toTask)
}

export interface TaskRow {
  id: string
  case_id: string
  job_key: string
  element_id: string
  element_instance_key: string
  form_id: string | null
  unit_id: string
  unit_named: boolean
  role: string | null
  holder: string | null
  holder_name: string | null
  taken_at: Date | null
  status: Task['status']
  gone_reason: string | null
  draft: Task['draft']
  draft_saved_at: Date | null
  answers: Task['answers']
  due_at: Date
  created_at: Date
  completed_at: Date | null
  proved_at: Date
}

export function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    caseId: row.case_id,
    jobKey: row.job_key,
    elementId: row.element_id,
    elementInstanceKey: row.element_instance_key,
    formId: row.form_id,
    unitId: row.unit_id,
    unitNamed: row.unit_named,
    role: row.role,
    holder: row.holder,
    holderName: row.holder_name,
    takenAt: row.taken_at,
    status: row.status,
    goneReason: row.gone_reason,
    draft: row.draft,
    draftSavedAt: row.draft_saved_at,
    answers: row.answers,
    dueAt: row.due_at,
    createdAt: row.created_at,
    completedAt: row.completed_at,
    provedAt: row.proved_at,
  }
}

function toRow(task: Task) {
  const json = (value: Task['draft']): string | null => (value === null ? null : JSON.stringify(value))
  return {
    id: task.id,
    case_id: task.caseId,
    job_key: task.jobKey,
    element_id: task.elementId,
    element_instance_key: task.elementInstanceKey,
    form_id: task.formId,
    unit_id: task.unitId,
    unit_named: task.unitNamed,
    role: task.role,
    holder: task.holder,
    holder_name: task.holderName,
    taken_at: task.takenAt,
    status: task.status,
    gone_reason: task.goneReason,
    draft: json(task.draft),
    draft_saved_at: task.draftSavedAt,
    answers: json(task.answers),
    due_at: task.dueAt,
    created_at: task.createdAt,
    completed_at: task.completedAt,
    proved_at: task.provedAt,
  }
}
