import { refuse } from '../../base/errors.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'
import { ofTheTown } from './ofTheTown.ts'
import { FRESH_TRIES } from './trouble.ts'

/** Gives a job that keeps failing its full number of tries again, so that it outlasts what it waits for. */
export async function retryJob(context: Context, jobKey: string, reason: string): Promise<void> {
  const { actor, db, engine, processView } = context
  if (!may(actor, 'operation.mend')) refuse('not-allowed', 'not-allowed')
  const job = ofTheTown(context, await processView.failedJob(jobKey))
  await db.transaction((trx) => addAudit(trx, context, {
    action: 'job.retry', subject: job.caseId ?? job.instanceKey, reason,
    facts: { job: job.key, type: job.type, process: job.processId, element: job.elementId },
  }))
  await engine.updateJobRetries(job.key, FRESH_TRIES)
}
