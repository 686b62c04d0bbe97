import type { FinishedRow } from './checkLedger.ts'
import { ask } from './database.ts'

const LOOK_EVERY_MS = 100

/** How many instances still run when nobody files any more, once there are none or none has ended for so long. */
export async function untilFinished(superUrl: string, withinMs: number): Promise<number> {
  let endMs = performance.now() + withinMs
  let least = Infinity
  for (;;) {
    const [left] = await ask<{ count: number }>(superUrl, 'SELECT count(*)::int AS count FROM engine.instances')
    const { count } = left!
    if (count === 0 || performance.now() >= endMs) return count
    // A slow machine may have many to finish.
    if (count < least) [least, endMs] = [count, performance.now() + withinMs]
    await new Promise((resume) => setTimeout(resume, LOOK_EVERY_MS))
  }
}

/** What should have gone with the last instance, and has not, in sentences. */
export async function leftovers(superUrl: string): Promise<string[]> {
  const tables = ['jobs', 'timers', 'subscriptions', 'signal_subscriptions', 'elements', 'incidents', 'message_starts']
  const counts = tables.map((table) => `(SELECT count(*)::int FROM engine.${table}) AS ${table}`)
  const [left] = await ask<Record<string, number>>(superUrl, `SELECT ${counts.join(', ')}`)
  return Object.entries(left!).filter(([, count]) => count > 0).map(([table, count]) =>
    `${count} rows are left in ${table}, but no instance`)
}

/** What has finished, of the instances after a key. */
export function finishedSince(superUrl: string, key: string): Promise<FinishedRow[]> {
  return ask<FinishedRow>(superUrl, `
    SELECT instance_key::text AS "instanceKey", process_id AS "processId", outcome, body FROM engine.history
    WHERE instance_key > $1::bigint ORDER BY instance_key`, [key])
}
