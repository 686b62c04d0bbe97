import { warnings, warnOfTerm as warn } from '../cases/deadlines/warnOfTerm.ts'
import { caseIdOf } from './jobInput.ts'
import type { Worker } from './worker.ts'

/** `warn-of-term`: tells the office that the part of the term named by the variable `termState` has run. */
export const warnOfTerm: Worker = async (context, job) => {
  const part = warnings.find((each) => each === job.variables.termState)
  if (!part) throw new Error(`Expected job ${job.key} to know which part of the term has run, but termState is another`)
  await warn(context, await caseIdOf(context, job), part, job.key)
}
