import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { automaticContext, type ContextFor } from '../../cases/contextFor.ts'
import { deleteExpired } from '../../cases/deleteExpired.ts'
import { startLoop, type Loop } from './loop.ts'

/** Forgets, once an hour, what may be forgotten: drafts, sessions, delivered outbox entries. */
export function startDeletingExpired({ towns, contextFor, clock, log }: {
  towns(): Promise<string[]>
  contextFor: ContextFor
  clock: Clock
  log: Log
}): Loop {
  return startLoop({
    name: 'delete-expired',
    everyMs: 3_600_000,
    clock,
    log,
    async round() {
      for (const town of await towns()) {
        const context = await automaticContext(contextFor, town, 'delete-expired')
        // A town may leave more drafts in an hour than one transaction should delete.
        for (let counts = await deleteExpired(context); counts.drafts > 0; counts = await deleteExpired(context)) {
          log.info('expired-deleted', { tenant: town, ...counts })
        }
      }
    },
  })
}
