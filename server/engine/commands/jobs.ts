/** What the commands about one job share. */
import type { Decision } from '../behaviors/decision.ts'
import type { Key } from '../key.ts'
import type { ElementInstance, Instance, Job } from '../state/instance.ts'
import { reject, type Needs } from './command.ts'

export const needsJob = ({ jobKey }: { jobKey: Key }): Needs => ({ instancesOf: [jobKey] })

export interface JobAtWork {
  job: Job
  instance: Instance
  element: ElementInstance
}

/** Finds the job or rejects. `deed` completes "Expected to … with key". */
export function findJob({ state }: Decision, intent: string, deed: string, jobKey: Key): JobAtWork {
  const job = state.job(jobKey)
  const instance = job && state.instance(job.instanceKey)
  const element = job && instance?.elements.get(job.elementKey)
  if (!element) reject(intent, 'not-found', `Expected to ${deed} with key '${jobKey}', but no such job was found`)
  return { job, instance: instance!, element }
}

/** A job that failed or threw an error waits for its incident or its back-off, and takes no other command. */
export function mustBeOpen({ job }: JobAtWork, intent: string, deed: string): void {
  if (job.state === 'activatable' || job.state === 'activated') return
  reject(intent, 'wrong-state',
    `Expected to ${deed} with key '${job.key}', but it is in state '${job.state.toUpperCase().replace('-', '_')}'`)
}
