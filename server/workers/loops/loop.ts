import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'

export interface Loop {
  /** Stops the clock; resolves when the round under way has ended. */
  close(): Promise<void>
}

/** Does `round` now and again each `everyMs` after it has ended. A round that throws is logged, and the next one comes all the same. */
export function startLoop({ name, everyMs, clock, log, round }: {
  name: string
  everyMs: number
  clock: Clock
  log: Log
  round(): Promise<void>
}): Loop {
  let isClosed = false
  let cancel = (): void => undefined
  let running = turn()
  async function turn(): Promise<void> {
    try {
      await round()
    } catch (error) {
      log.warn('loop-round-failed', { loop: name, error })
    }
    if (isClosed) return
    cancel = clock.at(clock.now() + everyMs, () => {
      running = turn()
    })
  }
  return {
    async close() {
      isClosed = true
      cancel()
      await running
    },
  }
}
