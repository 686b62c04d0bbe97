import { Outage, Refusal } from '../base/errors.ts'
import type { RefusalKind } from '../base/errors.ts'
import { fromGrpc, isPassing, isTurnedAway } from './grpcError.ts'

const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 1000

/** How long to wait for an answer, and what an answer after a silence may mean. */
export interface Patience {
  readonly giveUpMs: number
  /** After a call that got no answer, this refusal means that it had been heard after all. */
  readonly heardIf?: RefusalKind
}

/**
 * Asks the engine, again and again while it is away or has too much to do, but not longer than `giveUpMs`: zeebe-node by itself would
 * go on forever.
 * Throws Refusal, or Outage when time is up.
 */
export async function patiently<T>(ask: () => Promise<T>, { giveUpMs, heardIf }: Patience): Promise<T | undefined> {
  const endsAt = Date.now() + giveUpMs
  let pauseMs = FIRST_PAUSE_MS
  let mayBeHeard = false
  for (;;) {
    try {
      return await before(endsAt, ask())
    } catch (error) {
      const leftMs = endsAt - Date.now()
      if (!isPassing(error) || leftMs <= pauseMs) {
        const ours = fromGrpc(error)
        if (mayBeHeard && ours instanceof Refusal && ours.kind === heardIf) return undefined
        throw ours
      }
      // What was turned away was not done: if the job is gone at the next try, somebody else has taken it.
      mayBeHeard ||= !isTurnedAway(error)
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    }
  }
}

// zeebe-node sets no deadline on its calls, so a gateway that hangs would hold us with it.
async function before<T>(endsAt: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Outage('zeebe', new Error('no answer in time'))), Math.max(endsAt - Date.now(), 0))
  })
  try {
    return await Promise.race([answer, silence])
  } finally {
    clearTimeout(timer)
  }
}
