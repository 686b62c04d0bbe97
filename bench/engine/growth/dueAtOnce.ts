import { setTimeout } from 'node:timers/promises'
import { systemClock, type Clock } from '../../../server/base/clock.ts'
import type { BenchDatabase } from '../postgres.ts'
import { openEngine, type Cost } from './benchEngine.ts'

/** What commands feel when many terms end at the same moment. */
export interface DueAtOnce {
  before: Cost
  during: Cost
  /** From the moment until all have been acted on. */
  seconds: number
}

const CLIENTS = 4
const LOOK_EVERY_MS = 250

/**
 * Commands before the moment at which the terms in the database end, and from then until the last of them has been acted on.
 * The engine's clock is set so that the moment comes soon; it runs as clocks do.
 */
export async function measureDueAtOnce(database: BenchDatabase, endsAt: number, seconds: number): Promise<DueAtOnce> {
  const clock = laterClock(endsAt - Date.now() - (seconds + 8) * 1000)
  const engine = await openEngine(database, clock)
  try {
    await engine.run(2, CLIENTS) // warm
    const before = await engine.run(seconds, CLIENTS)
    await new Promise<void>((resolve) => clock.at(endsAt, resolve))
    const begun = performance.now()
    let isOver = false
    const looking = untilAllActedOn(database, endsAt).finally(() => (isOver = true))
    const during = await engine.run(() => !isOver, CLIENTS)
    await looking
    return { before, during, seconds: (performance.now() - begun) / 1000 }
  } finally {
    await engine.close()
  }
}

async function untilAllActedOn(database: BenchDatabase, endsAt: number): Promise<void> {
  const question = 'SELECT EXISTS (SELECT FROM engine.timers WHERE due_at <= $1) AS "isLeft"'
  while ((await database.query<{ isLeft: boolean }>(question, [endsAt]))[0]!.isLeft) await setTimeout(LOOK_EVERY_MS)
}

function laterClock(laterMs: number): Clock {
  return { now: () => systemClock.now() + laterMs, at: (atMs, wake) => systemClock.at(atMs - laterMs, wake) }
}
