import type { CaseFile } from './case.ts'
import type { Context } from './context.ts'
import { termDeeds, type TermDeeds } from './deadlines/termDeeds.ts'
import { may, mayClaim, mayComplete, mayRelease } from './may.ts'
import { provenTask } from './openTask.ts'
import { caseParts, noteCaseRead, visibleCase } from './readCase.ts'
import type { Task } from './task.ts'

export interface TaskFile {
  task: Task
  may: { claim: boolean; release: boolean; complete: boolean }
  /** What the actor may do about the term, as it stands now. */
  term: TermDeeds
  /** Whether a personal number of the case may be shown to them, for a reason. */
  numbersShowable: boolean
  /** Whether they may note a payment that is proved on paper. */
  mayRecordPayment: boolean
  file: CaseFile
}

/** A task, proved alive, with its case and what the actor may do with it. A task that is gone is still shown, with the reason. */
export async function readTask(context: Context, taskId: string): Promise<TaskFile> {
  const { actor, db, packages } = context
  const task = await provenTask(context, taskId)
  const { found, parts } = await db.transaction(async (trx) => {
    const found = await visibleCase(trx, context, task.caseId)
    const parts = await caseParts(trx, context, found)
    await noteCaseRead(trx, context, found.case)
    return { found, parts }
  })
  const { procedure, packageVersion } = found.case
  return {
    task,
    may: {
      claim: mayClaim(actor, task),
      release: mayRelease(actor, task),
      complete: mayComplete(actor, task),
    },
    term: termDeeds(context, task, parts),
    numbersShowable: may(actor, 'number.show', found),
    mayRecordPayment: may(actor, 'payment.record', found),
    file: { case: found.case, package: await packages.version(procedure, packageVersion), ...parts },
  }
}
