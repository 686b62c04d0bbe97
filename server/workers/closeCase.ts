import { isOutcome } from '../cases/case.ts'
import { closeCase as closeCaseOfJob } from '../cases/closeCase.ts'
import { caseIdOf, headerOf } from './jobInput.ts'
import type { Worker } from './worker.ts'

/** `close-case`: ends the case with the outcome named by the header `outcome`. */
export const closeCase: Worker = async (context, job) => {
  const outcome = headerOf(job, 'outcome')
  if (!isOutcome(outcome)) throw new Error(`Expected ${job.elementId} of ${job.bpmnProcessId} to name an outcome, but got ${outcome}`)
  await closeCaseOfJob(context, await caseIdOf(context, job), outcome, job.key)
}
