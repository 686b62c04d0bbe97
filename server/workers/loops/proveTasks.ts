import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { automaticContext, type ContextFor } from '../../cases/contextFor.ts'
import { proveTasks } from '../../cases/proveTasks.ts'
import { startLoop, type Loop } from './loop.ts'

/** Asks the engine, slowly, about tasks nobody has opened for a while, so that dead ones leave the lists. */
export function startProvingTasks({ towns, contextFor, clock, log }: {
  towns(): Promise<string[]>
  contextFor: ContextFor
  clock: Clock
  log: Log
}): Loop {
  return startLoop({
    name: 'prove-tasks',
    everyMs: 60_000,
    clock,
    log,
    async round() {
      for (const town of await towns()) await proveTasks(await automaticContext(contextFor, town, 'prove-tasks'))
    },
  })
}
