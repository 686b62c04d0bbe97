import type { TaskRow } from '../../../server/http/contract/tasks.ts'
import { dayOf, daysBetween } from '../../shared/words/dates.ts'

export type GroupName = 'late' | 'soon' | 'week' | 'later' | 'none'
export type Entry = { group: GroupName; count: number | null } | { row: TaskRow }

/** Where a row stands by its legal term, on the town's calendar. A week ends on Sunday. */
export function groupOf({ deadline }: Pick<TaskRow, 'deadline'>, now: string, timeZone: string): GroupName {
  if (!deadline || deadline.endedAt) return 'none'
  const today = dayOf(now, timeZone)
  const days = daysBetween(today, deadline.dueOn)
  // A term that stands cannot be missed meanwhile.
  if (!deadline.suspendedSince && (days < 0 || Date.parse(now) > Date.parse(deadline.dueAt))) return 'late'
  if (days <= 1) return 'soon'
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay() || 7
  return days <= 7 - weekday ? 'week' : 'later'
}

/**
 * Puts a head before each run of rows with the same group. The order is the server's and stays. The count of the last
 * run is unknown (null) while more rows may come.
 */
export function groupRows(rows: readonly TaskRow[], complete: boolean, now: string, timeZone: string): Entry[] {
  const runs: { group: GroupName; rows: TaskRow[] }[] = []
  for (const row of rows) {
    const group = groupOf(row, now, timeZone)
    const last = runs.at(-1)
    if (last?.group === group) last.rows.push(row)
    else runs.push({ group, rows: [row] })
  }
  return runs.flatMap((run, at): Entry[] => [
    { group: run.group, count: at < runs.length - 1 || complete ? run.rows.length : null },
    ...run.rows.map((row) => ({ row })),
  ])
}
