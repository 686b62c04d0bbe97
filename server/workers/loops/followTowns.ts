import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { startLoop, type Loop } from './loop.ts'

/** Takes over, twice a minute, the towns that another process has added or changed. */
export function startFollowingTowns({ refresh, clock, log }: { refresh(): Promise<void>; clock: Clock; log: Log }): Loop {
  return startLoop({ name: 'follow-towns', everyMs: 30_000, clock, log, round: refresh })
}
