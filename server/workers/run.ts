import type { Log } from '../base/log.ts'
import type { Context } from '../cases/context.ts'
import { automaticContext, type ContextFor } from '../cases/contextFor.ts'
import type { Job } from '../zeebe/client.ts'
import type { JobOutcome, OpenOptions } from '../zeebe/jobWorker.ts'
import { readProcessId } from '../zeebe/names.ts'
import { workers } from './index.ts'
import { jobOutcome } from './jobOutcome.ts'

/** How the workers of the table are opened: `openWorkers(client, workers, workerOptions(contextFor, log))`. */
export function workerOptions(contextFor: ContextFor, log: Log): OpenOptions<Context> {
  return {
    log,
    outcomeOf: jobOutcome,
    // The town is told by the process's name alone, never by a variable, which a process could change.
    contextOf(job) {
      const process = readProcessId(job.bpmnProcessId)
      if (!process) {
        throw new Error(`Expected job ${job.key} to be of a process named {tenant}--{procedure}, but it is of ${job.bpmnProcessId}`)
      }
      return automaticContext(contextFor, process.tenantId, job.type)
    },
  }
}

/** Works one job without an engine and answers what becomes of it. */
export async function runJob(contextFor: ContextFor, job: Job, log: Log): Promise<JobOutcome> {
  const options = workerOptions(contextFor, log)
  const worker = workers[job.type]
  if (!worker) throw new Error(`Expected a worker for ${job.type} but there is none`)
  try {
    return await worker.work(await options.contextOf(job), job)
  } catch (error) {
    return options.outcomeOf(error, job)
  }
}
