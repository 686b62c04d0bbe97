import { caseOfJob } from '../cases/caseOfJob.ts'
import type { Context } from '../cases/context.ts'
import type { Job } from '../zeebe/client.ts'

/** The case of a job, after proof that it is one of this town's and of the job's procedure. */
export async function caseIdOf(context: Context, job: Job): Promise<string> {
  return (await context.db.transaction((trx) => caseOfJob(trx, context, job))).id
}

/** A header the diagram must set for this job type. Its absence is the diagram's mistake: an incident for its designer. */
export function headerOf(job: Job, name: string): string {
  const value = job.headers[name]
  if (!value) throw new Error(`Expected ${job.elementId} of ${job.bpmnProcessId} to have the header ${name}, but it has none`)
  return value
}
