import { refuse } from '../base/errors.ts'
import { addAudit } from './audit.ts'
import type { Context } from './context.ts'
import { isTheirs, mayClaim } from './may.ts'
import { provenTask, refuseUnlessOpen } from './openTask.ts'
import { lockTask, saveTask } from './store/taskRows.ts'
import type { Task } from './task.ts'
import { addTimeline } from './timeline.ts'

/** Gives an open task to the clerk who asks. A task already taken stays where it is; taking one's own again changes nothing. */
export async function claimTask(context: Context, taskId: string): Promise<Task> {
  const { actor, clock, db, events, tenant } = context
  await provenTask(context, taskId)
  const { task, changed } = await db.transaction(async (trx) => {
    const task = (await lockTask(trx, taskId)) ?? refuse('not-found', 'not-found')
    refuseUnlessOpen(task)
    if (!isTheirs(actor, 'task.claim', { task })) refuse('not-allowed', 'task-not-for-you')
    if (task.holder === actor.id) return { task, changed: false }
    if (!mayClaim(actor, task)) refuse('wrong-state', 'task-already-taken', { holder: task.holder ?? undefined })
    const taken = await saveTask(trx, { ...task, holder: actor.id, holderName: actor.name, takenAt: new Date(clock.now()) })
    await addTimeline(trx, {
      caseId: task.caseId,
      atMs: clock.now(),
      kind: 'task-taken',
      facts: { step: task.elementId },
      actorName: actor.name,
      staffOnly: true,
    })
    await addAudit(trx, context, { action: 'task.claim', subject: taskId, facts: { caseId: task.caseId } })
    return { task: taken, changed: true }
  })
  if (changed) events.publish({ kind: 'task-changed', tenantId: tenant.id, caseId: task.caseId, taskId })
  return task
}
