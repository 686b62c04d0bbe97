import { refuse } from '../../base/errors.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'
import { lockStalled, removeOutbox } from '../store/stalledRows.ts'
import { lockTask, saveTask } from '../store/taskRows.ts'
import type { Task } from '../task.ts'

/**
 * Gives up what was stalled, for the reason that is kept in the audit. A task whose completion never reached the engine
 * goes back to its clerk with all that was filled in.
 */
export async function discardStalled(context: Context, entryId: string, reason: string): Promise<void> {
  const { actor, db, events, tenant } = context
  if (!may(actor, 'operation.mend')) refuse('not-allowed', 'not-allowed')
  const reopened = await db.transaction(async (trx): Promise<Task | undefined> => {
    const entry = await lockStalled(trx, entryId)
    if (!entry) refuse('not-found', 'not-found')
    await removeOutbox(trx, entryId)
    const task = entry.payload.kind === 'complete-job' ? await lockTask(trx, entry.payload.taskId) : undefined
    const open = task?.status === 'completing'
      ? await saveTask(trx, { ...task, status: 'open', draft: task.answers ?? task.draft, answers: null, completedAt: null })
      : undefined
    await addAudit(trx, context, { action: 'outbox.discard', subject: entryId, reason, facts: { kind: entry.payload.kind } })
    return open
  })
  if (reopened) events.publish({ kind: 'task-changed', tenantId: tenant.id, caseId: reopened.caseId, taskId: reopened.id })
}
