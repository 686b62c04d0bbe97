import { refuse } from '../base/errors.ts'
import type { Answers } from './case.ts'
import type { Context } from './context.ts'
import { mayComplete, maySeeTask } from './may.ts'
import { refuseUnlessOpen } from './openTask.ts'
import { lockTask, saveTask } from './store/taskRows.ts'

/** Keeps a form half-way, unchecked. Only the holder writes in it. */
export async function saveTaskDraft(context: Context, taskId: string, answers: Answers): Promise<{ savedAt: Date }> {
  const savedAt = new Date(context.clock.now())
  await context.db.transaction(async (trx) => {
    const task = await lockTask(trx, taskId)
    if (!task || !maySeeTask(context.actor, task)) refuse('not-found', 'not-found')
    refuseUnlessOpen(task)
    if (!mayComplete(context.actor, task)) refuse('not-allowed', 'task-not-yours')
    await saveTask(trx, { ...task, draft: answers, draftSavedAt: savedAt })
  })
  return { savedAt }
}
