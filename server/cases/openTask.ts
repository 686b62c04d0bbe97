import { refuse } from '../base/errors.ts'
import type { Context } from './context.ts'
import { maySeeTask } from './may.ts'
import { proveAlive } from './proveAlive.ts'
import { findTask } from './store/taskRows.ts'
import type { Task } from './task.ts'

/** The task, proved alive, for an actor who may see it. To others it does not exist. */
export async function provenTask(context: Context, taskId: string): Promise<Task> {
  const task = await context.db.transaction((trx) => findTask(trx, taskId))
  if (!task || !maySeeTask(context.actor, task)) refuse('not-found', 'not-found')
  return proveAlive(context, task)
}

/** Refuses what can only be done to an open task, in the words that tell why. */
export function refuseUnlessOpen(task: Task): void {
  if (task.status === 'gone') refuse('wrong-state', 'task-gone', { reason: task.goneReason ?? undefined })
  if (task.status !== 'open') refuse('wrong-state', 'wrong-state', { status: task.status })
}
