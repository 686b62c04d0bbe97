import { lookAtTerm } from '../cases/deadlines/lookAtTerm.ts'
import { caseIdOf } from './jobInput.ts'
import type { Worker } from './worker.ts'

/** `check-term`: tells the process where the term stands now that the moment `termNextAt` has come. */
export const checkTerm: Worker = async (context, job) => {
  const { termNextAt } = job.variables
  if (typeof termNextAt !== 'string') throw new Error(`Expected job ${job.key} to know termNextAt, but it is ${typeof termNextAt}`)
  return { ...(await lookAtTerm(context, await caseIdOf(context, job), termNextAt)) }
}
