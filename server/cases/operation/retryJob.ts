import { refuse } from '../../base/errors.ts'
import { isTheTowns } from '../../zeebe/names.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { mayOperate } from '../may.ts'
import { FRESH_TRIES } from './resolveIncident.ts'

/** Gives a job that keeps failing its full number of tries again, so that it outlasts what it waits for. */
export async function retryJob(context: Context, jobKey: string, reason: string): Promise<void> {
  const { actor, db, engine, processView, tenant } = context
  if (!mayOperate(actor)) refuse('not-allowed', 'not-allowed')
  const job = await processView.failedJob(jobKey)
  if (job === null) refuse('wrong-state', 'processes-not-shown')
  if (!job || !isTheTowns(tenant.id, job.processId)) refuse('not-found', 'not-found')
  await db.transaction((trx) => addAudit(trx, context, {
    action: 'job.retry', subject: job.caseId ?? job.instanceKey, reason,
    facts: { job: job.key, type: job.type, process: job.processId, element: job.elementId },
  }))
  await engine.updateJobRetries(job.key, FRESH_TRIES)
}
