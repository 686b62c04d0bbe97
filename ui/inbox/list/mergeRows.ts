import type { TaskList, TaskRow } from '../../../server/http/contract/tasks.ts'

/** What a fresh answer means for the rows on the screen. */
export interface Merged {
  /** The shown rows in their old places, with what is new about them. */
  rows: TaskRow[]
  /** Tasks that belong among them and are not shown yet. */
  arrived: TaskRow[]
  /** Shown tasks that are no longer in the list. */
  left: TaskRow[]
  /** Tasks that somebody else has taken since they were shown. */
  taken: TaskRow[]
}

/**
 * Lays a fresh first page over the shown rows without moving any of them. `complete` says that all rows of the list
 * are shown; else only what lies before the last row known to both is told, since the rest comes by scrolling.
 */
export function mergeRows(shown: readonly TaskRow[], complete: boolean, fresh: Pick<TaskList, 'rows' | 'next'>): Merged {
  const freshById = new Map(fresh.rows.map((row) => [row.id, row]))
  const shownIds = new Set(shown.map(({ id }) => id))
  const lastFresh = fresh.rows.findLastIndex(({ id }) => shownIds.has(id))
  const lastShown = shown.findLastIndex(({ id }) => freshById.has(id))
  const inReach = fresh.next === null ? shown : shown.slice(0, lastShown + 1)
  return {
    rows: shown.map((row) => freshById.get(row.id) ?? row),
    arrived: (complete ? fresh.rows : fresh.rows.slice(0, lastFresh + 1)).filter(({ id }) => !shownIds.has(id)),
    left: inReach.filter(({ id }) => !freshById.has(id)),
    taken: shown.flatMap((row) => {
      const now = freshById.get(row.id)
      return now?.holder && !now.holder.mine && now.holder.id !== row.holder?.id ? [now] : []
    }),
  }
}
