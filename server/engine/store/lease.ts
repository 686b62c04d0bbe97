import type pg from 'pg'
import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'

const LOOK_EVERY_MS = 100
/** So long may a writer be silent before a standby takes its place. It shows itself with each commit, at least once a second. */
export const SILENCE_MS = 2000

interface LeaseRow {
  epoch: string
  beat: string
  last_key: string
  holder: string | null
  backend_pid: number | null
  backend_start: string | null
  /** Whether the connection is still there over which its holder writes. */
  is_held: boolean
}

export interface Lease {
  epoch: string
  lastKey: string
}

/**
 * Waits until the lease is free or its holder silent, then raises the epoch and ends the former writer's backend.
 * A process that ends closes its connection, and PostgreSQL then ends the backend of it: the lease is free at once, when the last commit
 * is done or given up. Who stands still, or is cut off without a word, is only silent. Silence is told by the lease row standing
 * still while our own clock moves, so two machines need not agree on the time.
 */
export async function takeLease(client: pg.Client, holder: string, clock: Clock, log: Log, signal: AbortSignal): Promise<Lease> {
  let seen: { epoch: string; beat: string; sinceMs: number } | undefined
  for (;;) {
    signal.throwIfAborted()
    const row = (await client.query<LeaseRow>(readLease)).rows[0]!
    if (!seen || seen.epoch !== row.epoch || seen.beat !== row.beat) seen = { epoch: row.epoch, beat: row.beat, sinceMs: clock.now() }
    const isFree = row.holder === null || row.holder === holder || !row.is_held
    if (isFree || clock.now() - seen.sinceMs >= SILENCE_MS) {
      if (row.backend_pid !== null) await client.query(endBackend, [row.backend_pid, row.backend_start])
      const taken = (await client.query<LeaseRow>(raiseEpoch, [holder, row.epoch])).rows[0]
      if (taken) {
        log.info('engine-lease-taken', { holder, epoch: taken.epoch, from: row.holder })
        return { epoch: taken.epoch, lastKey: taken.last_key }
      }
      seen = undefined // another standby was faster
      continue
    }
    await elapsed(clock, LOOK_EVERY_MS, signal)
  }
}

/** Gives the lease back if it is still ours. */
export async function returnLease(client: pg.Client, epoch: string): Promise<void> {
  await client.query('UPDATE engine.lease SET holder = NULL, backend_pid = NULL, beat = beat + 1 WHERE epoch = $1', [epoch])
}

// Of backends of another role everybody may see that they are there, but not since when.
const readLease = `
  SELECT epoch, beat, last_key, holder, backend_pid, backend_start::text, EXISTS (
    SELECT FROM pg_stat_activity
    WHERE pid = lease.backend_pid AND (backend_start = lease.backend_start OR backend_start IS NULL)
  ) AS is_held
  FROM engine.lease WHERE id = 1`

const raiseEpoch = `
  UPDATE engine.lease
  SET epoch = epoch + 1, beat = beat + 1, holder = $1, backend_pid = pg_backend_pid(),
      backend_start = (SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid())
  WHERE epoch = $2
  RETURNING epoch, beat, last_key, holder`

// The start time tells the backend from a later one with the same process number.
const endBackend = `
  SELECT pg_terminate_backend(pid, 1000)
  FROM pg_stat_activity
  WHERE pid = $1 AND backend_start = $2::timestamptz AND pid <> pg_backend_pid()`

/** Resolves when the time is up; rejects with the signal's reason when it is aborted before. */
export function elapsed(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      cancel()
      reject(signal.reason as Error)
    }
    const cancel = clock.at(clock.now() + ms, () => {
      signal.removeEventListener('abort', stop)
      resolve()
    })
    signal.addEventListener('abort', stop, { once: true })
  })
}
