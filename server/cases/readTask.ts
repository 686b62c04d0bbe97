import type { CaseFile } from './case.ts'
import type { Context } from './context.ts'
import { mayClaim, mayComplete, mayRelease } from './may.ts'
import { provenTask } from './openTask.ts'
import { caseParts, visibleCase } from './readCase.ts'
import type { Task } from './task.ts'

export interface TaskFile {
  task: Task
  may: { claim: boolean; release: boolean; complete: boolean }
  file: CaseFile
}

/** A task, proved alive, with its case and what the actor may do with it. A task that is gone is still shown, with the reason. */
export async function readTask(context: Context, taskId: string): Promise<TaskFile> {
  const { actor, db, packages } = context
  const task = await provenTask(context, taskId)
  const { case_, parts } = await db.transaction(async (trx) => {
    const case_ = await visibleCase(trx, context, task.caseId)
    return { case_, parts: await caseParts(trx, context, case_) }
  })
  const isOpen = task.status === 'open'
  return {
    task,
    may: {
      claim: isOpen && task.holder === null && mayClaim(actor, task),
      release: isOpen && mayRelease(actor, task),
      complete: isOpen && mayComplete(actor, task),
    },
    file: { case: case_, package: await packages.version(case_.procedure, case_.packageVersion), ...parts },
  }
}
