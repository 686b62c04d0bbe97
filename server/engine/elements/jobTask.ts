import { integerOf, textOf } from '../behaviors/expressions.ts'
import { Failure } from '../behaviors/failure.ts'
import { createJob } from '../behaviors/jobs.ts'
import type { JobTask } from '../model/executable.ts'
import type { ElementHandler } from './element.ts'

/** Work for whoever asks for jobs of its type. */
export const jobTask: ElementHandler<JobTask> = {
  activate({ type, retries, headers }, { decision, instance, element, scope }) {
    const jobType = textOf(type, scope)
    if (jobType instanceof Failure) return jobType
    const tries = integerOf(retries, scope)
    if (tries instanceof Failure) return tries
    createJob(decision, instance, element, { type: jobType, retries: tries, headers })
    return { then: 'wait' }
  },
}
