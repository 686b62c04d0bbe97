import { Outage, Refusal } from '../base/errors.ts'
import type { Context } from './context.ts'
import { lockTask, noteProof, saveTask } from './store/taskRows.ts'
import type { Task } from './task.ts'

/** Why a task left the lists: the engine no longer knows its job. */
export const goneReasons = { takenAway: 'taken-away' } as const

/**
 * Asks the engine whether the task's job lives, since it tells nobody when a timer or a cancel takes a task away.
 * A dead one is marked gone and answered so. An engine that does not answer proves nothing: the task stays as it is.
 */
export async function proveAlive(context: Context, task: Task): Promise<Task> {
  if (task.status !== 'open') return task
  try {
    return await proveByEngine(context, task)
  } catch (error) {
    if (error instanceof Outage) return task
    throw error
  }
}

/** As {@link proveAlive}, but throws the Outage: for a sweep, which then stops. */
export async function proveByEngine(context: Context, task: Task): Promise<Task> {
  try {
    await context.engine.updateJobRetries(task.jobKey, 1)
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'not-found') return markGone(context, task.id, goneReasons.takenAway)
    throw error
  }
  const provedAt = new Date(context.clock.now())
  await context.db.transaction((trx) => noteProof(trx, task.id, provedAt))
  return { ...task, provedAt }
}

/** Takes a task off the lists with the reason. What the clerk had written stays with it. */
export async function markGone(context: Context, taskId: string, reason: string): Promise<Task> {
  const task = await context.db.transaction(async (trx) => {
    const current = await lockTask(trx, taskId)
    if (!current) throw new Error(`Expected task ${taskId} but found none`)
    // Someone completed it while the engine was asked: then it is the outbox that settles it.
    if (current.status !== 'open') return current
    return saveTask(trx, { ...current, status: 'gone', goneReason: reason })
  })
  if (task.status === 'gone') context.events.publish({ kind: 'task-gone', tenantId: context.tenant.id, caseId: task.caseId, taskId })
  return task
}
