import { refuse } from '../base/errors.ts'
import { addAudit } from './audit.ts'
import type { Context } from './context.ts'
import { mayRelease, maySeeTask } from './may.ts'
import { refuseUnlessOpen } from './openTask.ts'
import { lockTask, saveTask } from './store/taskRows.ts'
import type { Task } from './task.ts'

/** Puts a taken task back for all; what was written half-way stays with it. Releasing a free task changes nothing. */
export async function releaseTask(context: Context, taskId: string): Promise<Task> {
  const { actor, db, events, tenant } = context
  const task = await db.transaction(async (trx) => {
    const task = await lockTask(trx, taskId)
    if (!task || !maySeeTask(actor, task)) refuse('not-found', 'not-found')
    refuseUnlessOpen(task)
    if (task.holder === null) return task
    if (!mayRelease(actor, task)) refuse('not-allowed', 'task-not-yours')
    const free = await saveTask(trx, { ...task, holder: null, holderName: null, takenAt: null })
    await addAudit(trx, context, { action: 'task.release', subject: taskId, facts: { caseId: task.caseId, holder: task.holder } })
    return free
  })
  events.publish({ kind: 'task-changed', tenantId: tenant.id, caseId: task.caseId, taskId })
  return task
}
