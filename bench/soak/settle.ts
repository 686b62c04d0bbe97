import type { FinishedRow } from './checkLedger.ts'
import { ask } from './database.ts'

const LOOK_EVERY_MS = 100

/** How many instances still run when nobody files any more, once there are none or the time is up. */
export async function untilFinished(superUrl: string, withinMs: number): Promise<number> {
  const endMs = performance.now() + withinMs
  for (;;) {
    const [left] = await ask<{ count: number }>(superUrl, 'SELECT count(*)::int AS count FROM engine.instances')
    if (left!.count === 0 || performance.now() >= endMs) return left!.count
    await new Promise((resume) => setTimeout(resume, LOOK_EVERY_MS))
  }
}

/** What has finished, of the instances after a key. */
export function finishedSince(superUrl: string, key: string): Promise<FinishedRow[]> {
  return ask<FinishedRow>(superUrl, `
    SELECT instance_key::text AS "instanceKey", outcome, body FROM engine.history
    WHERE instance_key > $1::bigint ORDER BY instance_key`, [key])
}
