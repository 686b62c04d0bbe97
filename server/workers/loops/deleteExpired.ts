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
        const counts = await deleteExpired(await automaticContext(contextFor, town, 'delete-expired'))
        if (counts.drafts > 0) log.info('expired-deleted', { tenant: town, ...counts })
      }
    },
  })
}
