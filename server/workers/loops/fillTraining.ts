import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { automaticContext, type ContextFor } from '../../cases/contextFor.ts'
import { fillRound } from '../../cases/towns/practice/fillRound.ts'
import { startLoop, type Loop } from './loop.ts'

/** Fills the copies for practice that an administrator asked to be filled, a round every two seconds until they are full. */
export function startFillingTraining({ copies, contextFor, clock, log }: {
  copies(): readonly string[]
  contextFor: ContextFor
  clock: Clock
  log: Log
}): Loop {
  return startLoop({
    name: 'fill-training',
    everyMs: 2000,
    clock,
    log,
    async round() {
      for (const id of copies()) {
        try {
          await fillRound(await automaticContext(contextFor, id, 'fill-training'))
        } catch (error) {
          // One town's copy that cannot go on just now keeps no other from being filled; its next round goes on where it was.
          log.warn('fill-round-failed', { tenant: id, error })
        }
      }
    },
  })
}
