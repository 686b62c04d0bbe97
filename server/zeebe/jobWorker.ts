import { Outage, Refusal } from '../base/errors.ts'
import type { Log } from '../base/log.ts'
import type { Job, Variables, Worker, ZeebeClient } from './client.ts'

/** What becomes of a job. */
export type JobOutcome =
  | { readonly kind: 'complete'; readonly variables?: Variables }
  /** A BPMN error, for the diagram to catch. */
  | { readonly kind: 'error'; readonly code: string; readonly message?: string; readonly variables?: Variables }
  /** Tried in vain: comes again after `backOffMs` while retries are left, then is an incident. */
  | { readonly kind: 'fail'; readonly message: string; readonly retries: number; readonly backOffMs?: number }
  /** Left as it is, for someone to complete later: what the task sink does. */
  | { readonly kind: 'forward' }

/** Done, with values for the process. */
export const done = (variables?: Variables): JobOutcome => ({ kind: 'complete', variables })

/** Left to a person. */
export const forwarded: JobOutcome = { kind: 'forward' }

/** How one job type is worked. */
export interface JobWorker<Context = void> {
  /** Works a job, which may come twice: what it does must be harmless the second time. */
  work(context: Context, job: Job): Promise<JobOutcome>
  /** How long a job is ours; 1 minute when left out. */
  readonly timeoutMs?: number
  /** The most jobs worked at a time; 16 when left out. */
  readonly maxJobs?: number
  readonly fetch?: readonly string[]
}

export interface OpenOptions<Context> {
  /** What the worker of this job is given. */
  contextOf(job: Job): Context | Promise<Context>
  /** What a thrown error makes of the job. */
  outcomeOf(error: unknown, job: Job): JobOutcome
  readonly log: Log
}

const TIMEOUT_MS = 60_000
const MAX_JOBS = 16

/** Opens one worker for each job type of the table. */
export function openWorkers<Context>(
  client: ZeebeClient,
  table: Readonly<Record<string, JobWorker<Context>>>,
  { contextOf, outcomeOf, log }: OpenOptions<Context>,
): Worker {
  const workers = Object.entries(table).map(([type, worker]) =>
    client.openWorker({
      type,
      timeoutMs: worker.timeoutMs ?? TIMEOUT_MS,
      maxJobs: worker.maxJobs ?? MAX_JOBS,
      fetch: worker.fetch,
      handle: async (job) => settle(client, job, await work(worker, job), log),
    }),
  )

  async function work(worker: JobWorker<Context>, job: Job): Promise<JobOutcome> {
    try {
      return await worker.work(await contextOf(job), job)
    } catch (error) {
      return outcomeOf(error, job)
    }
  }

  return { close: async () => void (await Promise.all(workers.map((each) => each.close()))) }
}

type Settle<Outcome> = (client: ZeebeClient, job: Job, outcome: Outcome) => Promise<void>

const settlers: { [Kind in JobOutcome['kind']]: Settle<Extract<JobOutcome, { kind: Kind }>> } = {
  complete: (client, job, { variables }) => client.completeJob(job.key, variables),
  error: (client, job, { code, message, variables }) => client.throwError(job.key, { code, message, variables }),
  fail: (client, job, { message, retries, backOffMs }) => client.failJob(job.key, { message, retries, backOffMs }),
  forward: async () => undefined,
}

/** Tells the engine what became of a job. A job that is gone meanwhile needs nothing more; an engine that is away gives it out again. */
export async function settle(client: ZeebeClient, job: Job, outcome: JobOutcome, log: Log): Promise<void> {
  const facts = { type: job.type, job: job.key, outcome: outcome.kind }
  try {
    // The table has one function for each kind, which the compiler cannot see through the union.
    await (settlers[outcome.kind] as Settle<JobOutcome>)(client, job, outcome)
    if (outcome.kind === 'fail') log.warn('job-failed', { ...facts, retries: outcome.retries })
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'not-found') return log.info('job-gone', facts)
    if (error instanceof Outage) return log.warn('job-not-settled', facts)
    throw error
  }
}
