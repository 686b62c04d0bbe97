import type { Transaction } from '../../db/transaction.ts'
import { toTask, type TaskRow } from './taskRows.ts'
import type { Task } from '../task.ts'

/** Whose tasks, as sets that each have an index. Open tasks only. */
export type TaskScope =
  | { kind: 'holder'; holder: string }
  /**
   * Tasks of these units (`ownRolesOnly`: of those only what asks for one of these roles), and tasks that ask for one of the
   * roles wherever it sits.
   */
  | { kind: 'groups'; units: readonly string[]; roles: readonly string[]; ownRolesOnly: boolean; freeOnly: boolean }
  | { kind: 'town' }

export interface TaskListQuery {
  scope: TaskScope
  /** A search key; each of its words begins a word of the number, the applicant's name or the subject. Empty: no filter. */
  searchKey: string
  after?: { dueAt: Date; id: string }
  limit: number
}

/** The tasks of a scope by legal term, then id; one page. */
export async function listTaskRows(trx: Transaction, query: TaskListQuery): Promise<Task[]> {
  const { rows }: { rows: TaskRow[] } = await trx.raw(listStatement(query), bindings(query))
  return rows.map(toTask)
}

/** How many open tasks a scope has. */
export async function countTasks(trx: Transaction, scope: TaskScope): Promise<number> {
  const { rows } = await trx.raw(
    `SELECT count(*)::int AS count FROM (${tasksOf(scope, 'TRUE')}) AS task`,
    bindings({ scope, searchKey: '', limit: 0 }),
  )
  return rows[0].count
}

/** The statement itself, so that a test can ask for its plan. */
export function listStatement({ scope, searchKey, after, limit }: TaskListQuery): string {
  const position = after ? '(task.due_at, task.id) > (:afterDue, :afterId)' : 'TRUE'
  // ALL, with one bound pattern for each word: " ann" finds "anna" and "mary ann", not "susanna".
  const search = searchKey
    ? `EXISTS (SELECT FROM cases
               WHERE  cases.tenant_id = task.tenant_id AND cases.id = task.case_id
                 AND  ' ' || cases.search_key LIKE ALL (:patterns::text[]))`
    : 'TRUE'
  return `SELECT * FROM (${tasksOf(scope, `${position} AND ${search}`, limit)}) AS page
          ORDER BY due_at, id
          LIMIT ${Number(limit)}`
}

/** As the statement names them. */
export function bindings({ scope, searchKey, after }: TaskListQuery): Record<string, string | Date | readonly string[]> {
  return {
    ...(scope.kind === 'holder' && { holder: scope.holder }),
    ...(scope.kind === 'groups' && { units: scope.units, roles: scope.roles }),
    ...(after && { afterDue: after.dueAt, afterId: after.id }),
    ...(searchKey && { patterns: searchKey.split(' ').map((word) => `% ${word}%`) }),
  }
}

// Several units are several short index scans, each in the list's order and no longer than the page; sorting what they give is cheap.
// One scan over `unit_id IN (…)` would have to read and sort all of them.
function tasksOf(scope: TaskScope, condition: string, limit?: number): string {
  const order = limit === undefined ? '' : `ORDER BY task.due_at, task.id LIMIT ${Number(limit)}`
  const open = `FROM tasks task WHERE task.tenant_id = current_tenant() AND task.status = 'open'`
  if (scope.kind === 'holder') return `SELECT task.* ${open} AND task.holder = :holder AND ${condition} ${order}`
  if (scope.kind === 'town') return `SELECT task.* ${open} AND ${condition} ${order}`
  const free = scope.freeOnly ? 'AND task.holder IS NULL' : ''
  const asked = scope.ownRolesOnly ? 'AND task.role = ANY (:roles::text[])' : ''
  return `SELECT found.* FROM unnest(:units::text[]) AS of_unit (unit)
          CROSS JOIN LATERAL (SELECT task.* ${open} AND task.unit_id = of_unit.unit ${asked} ${free} AND ${condition} ${order}) AS found
          UNION ALL
          SELECT found.* FROM unnest(:roles::text[]) AS of_role (role)
          CROSS JOIN LATERAL (SELECT task.* ${open} AND task.role = of_role.role AND NOT task.unit_named
                                        AND task.unit_id <> ALL (:units::text[]) ${free} AND ${condition} ${order}) AS found`
}
