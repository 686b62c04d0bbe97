import type { Case } from '../case.ts'
import type { OutboxPayload } from '../outbox.ts'

/** A step of a process that failed and waits for a person to mend it. Keys are the engine's: digits as text. */
export interface Incident {
  readonly key: string
  /** Zeebe's error type: JOB_NO_RETRIES, EXTRACT_VALUE_ERROR, … */
  readonly kind: string
  /** Written by the engine or a worker, for whoever keeps the system running. */
  readonly message: string
  /** Town and procedure are in it. */
  readonly processId: string
  readonly instanceKey: string
  readonly elementId: string
  readonly elementInstanceKey: string
  /** The job that has no tries left, where a job is what failed. */
  readonly jobKey: string | null
  readonly since: Date
  /** The case it holds up; null when the process knows none. */
  readonly caseId: string | null
}

/** A job that failed and will be tried again by itself. */
export interface FailedJob {
  readonly key: string
  readonly type: string
  readonly message: string
  readonly processId: string
  readonly instanceKey: string
  readonly elementId: string
  readonly triesLeft: number
  readonly caseId: string | null
}

/** Something decided that no neighbor has been told: too old to be sent by itself, or refused. */
export interface StalledEntry {
  readonly id: string
  readonly kind: OutboxPayload['kind']
  readonly caseId: string | null
  readonly taskId: string | null
  /** Of a message to a person. */
  readonly address: string | null
  readonly attempts: number
  readonly lastError: string
  readonly createdAt: Date
  readonly stalledAt: Date
}

/** What stands still in a town. The two lists of the engine are null where its address has no door that tells them. */
export interface Troubles {
  readonly incidents: readonly Incident[] | null
  readonly failedJobs: readonly FailedJob[] | null
  readonly stalled: readonly StalledEntry[]
  /** The cases they hold up, by id. */
  readonly cases: ReadonlyMap<string, Case>
}

/** At most so many of each are shown: whoever has more has one cause behind many. */
export const MOST_SHOWN = 100

/** What a job gets that is to be tried again: as many as a service task has by default. */
export const FRESH_TRIES = 3
