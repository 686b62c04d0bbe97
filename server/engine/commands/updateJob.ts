import type { Key } from '../key.ts'
import { reject, type Command } from './command.ts'
import { findJob, needsJob } from './jobs.ts'

export interface UpdateJobRetries {
  jobKey: Key
  retries: number
}

/** Says anew how often a job may be tried, whatever its state. An incident it caused is resolved apart from this. */
export const updateJobRetries: Command<UpdateJobRetries, void> = {
  intent: 'UPDATE_RETRIES',
  needs: needsJob,

  decide({ jobKey, retries }, decision) {
    const { job } = findJob(decision, this.intent, 'update retries for job', jobKey)
    if (retries < 1) reject(this.intent, 'invalid',
      `Expected to update retries for job with key '${jobKey}' with a positive amount of retries, but the amount given was '${retries}'`)
    decision.record({ type: 'job-retries-updated', job, retries })
  },
}

export interface UpdateJobTimeout {
  jobKey: Key
  /** Milliseconds from now. */
  timeout: number
}

/** Moves the end of an activation. */
export const updateJobTimeout: Command<UpdateJobTimeout, void> = {
  intent: 'UPDATE_TIMEOUT',
  needs: needsJob,

  decide({ jobKey, timeout }, decision) {
    const { job } = findJob(decision, this.intent, 'update job deadline', jobKey)
    if (timeout < 1) reject(this.intent, 'invalid', `Expected a timeout of at least 1 ms, but it was '${timeout}'`)
    if (job.state !== 'activated') reject(this.intent, 'wrong-state',
      `Expected to update job deadline with key '${jobKey}', but the job is not active`)
    decision.record({ type: 'job-deadline-moved', job, dueAt: decision.nowMs + timeout })
  },
}
