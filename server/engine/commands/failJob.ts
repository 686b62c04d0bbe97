import { Failure } from '../behaviors/failure.ts'
import { raiseIncident, storable } from '../behaviors/incidents.ts'
import { setLocal } from '../behaviors/variables.ts'
import type { Key } from '../key.ts'
import type { Command } from './command.ts'
import { findJob, mustBeOpen, needsJob } from './jobs.ts'
import { readVariables } from './readRequest.ts'

export interface FailJob {
  jobKey: Key
  /** How often it may still be tried; none left is an incident. */
  retries: number
  errorMessage?: string
  /** Milliseconds until it may be tried again. */
  retryBackOff?: number
  /** JSON text of an object, kept local to the task. */
  variables?: string
}

const intent = 'FAIL'

/** Reports that a job did not work out this time. */
export const failJob: Command<FailJob, void> = {
  intent,
  needs: needsJob,

  decide({ jobKey, retries, errorMessage = '', retryBackOff = 0, variables: json = '' }, decision) {
    const found = findJob(decision, intent, 'fail job', jobKey)
    mustBeOpen(found, intent, 'fail job')
    const variables = readVariables(intent, json)
    const { job, instance, element } = found
    const again = retries > 0
    const ready = again && retryBackOff <= 0 ? decision.nextKey() : null
    const dueAt = again && retryBackOff > 0 ? decision.nowMs + retryBackOff : null
    decision.record({ type: 'job-failed', job, retries, error: storable(errorMessage), ready, dueAt })
    setLocal(decision, instance, element, variables)
    if (!again) raiseIncident(decision, instance, element, new Failure('JOB_NO_RETRIES', errorMessage || 'No more retries left.'))
  },
}
