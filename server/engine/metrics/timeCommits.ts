import type { Changes } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { EngineMetrics } from './engineMetrics.ts'

/** The same store, which measures its commits: the time of each that was kept, and its rows. */
export function timeCommits(store: Store, { commitSeconds, commitRows }: EngineMetrics): Store {
  return {
    ...store,
    async commit(changes) {
      const begun = performance.now()
      await store.commit(changes)
      commitSeconds.observe((performance.now() - begun) / 1000)
      commitRows.observe(rowsOf(changes))
    },
  }
}

function rowsOf({ put, remove }: Changes): number {
  let rows = 0
  for (const table of [...Object.values(put), ...Object.values(remove)]) rows += table.length
  return rows
}
