import { isStatus } from '../cases/case.ts'
import { noteTermPassed, setStatus as setStatusOfCase } from '../cases/setStatus.ts'
import { caseIdOf, headerOf } from './jobInput.ts'
import type { Worker } from './worker.ts'

/**
 * `set-status`: sets the status named by the header `status`. With the header `note` = `late` the history also says that the term has
 * passed.
 */
export const setStatus: Worker = async (context, job) => {
  const caseId = await caseIdOf(context, job)
  const status = headerOf(job, 'status')
  if (!isStatus(status)) throw new Error(`Expected ${job.elementId} of ${job.bpmnProcessId} to name a status, but got ${status}`)
  if (job.headers.note === 'late') await noteTermPassed(context, caseId)
  await setStatusOfCase(context, caseId, status, job.key)
}
