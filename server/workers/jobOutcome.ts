import { Outage, Refusal } from '../base/errors.ts'
import type { Job } from '../zeebe/client.ts'
import type { JobOutcome } from '../zeebe/jobWorker.ts'

// A neighbor that is away is given time; three tries span about ten minutes before an operator is asked.
const firstPauseMs = 30_000
const growth = 4
const ordinaryRetries = 3

/**
 * What a thrown thing makes of a job. A refusal is a BPMN error for the diagram to catch; an outage is tried again, later each
 * time; anything else is our mistake: tried again at once, then an incident.
 */
export function jobOutcome(error: unknown, job: Job): JobOutcome {
  if (error instanceof Refusal) return { kind: 'error', code: error.code, message: error.message }
  const retries = Math.max(0, job.retries - 1)
  const message = error instanceof Error ? error.message : String(error)
  if (!(error instanceof Outage)) return { kind: 'fail', retries, message }
  return { kind: 'fail', retries, message, backOffMs: firstPauseMs * growth ** Math.max(0, ordinaryRetries - job.retries) }
}
