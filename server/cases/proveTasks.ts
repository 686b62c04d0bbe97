import type { Context } from './context.ts'
import { proveByEngine } from './proveAlive.ts'
import { tasksToProve } from './store/taskRows.ts'

/** How long the engine's last word on a task is good enough for the sweep. */
const provenForMs = 10 * 60_000
const atOnce = 100

/** Proves the tasks whose last proof is oldest; answers how many were asked about. Throws the Outage when the engine does not answer. */
export async function proveTasks(context: Context): Promise<number> {
  const before = new Date(context.clock.now() - provenForMs)
  const tasks = await context.db.transaction((trx) => tasksToProve(trx, before, atOnce))
  for (const task of tasks) await proveByEngine(context, task)
  return tasks.length
}
