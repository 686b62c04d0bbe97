import { visibleJson } from '../behaviors/variables.ts'
import type { Decision } from '../behaviors/decision.ts'
import type { Key } from '../key.ts'
import type { Job } from '../state/instance.ts'
import { reject, type Command } from './command.ts'
import { readPresent } from './readRequest.ts'

export interface ActivateJobs {
  type: string
  worker: string
  /** Milliseconds for which nobody else gets the jobs. */
  timeout: number
  maxJobsToActivate: number
  /** Names of the variables to bring; none is all. */
  fetchVariables?: readonly string[]
  /** Milliseconds to wait for a job; 0 is the default of 10 s, below 0 does not wait. */
  requestTimeout?: number
}

export interface ActivatedJob {
  key: Key
  type: string
  processInstanceKey: Key
  bpmnProcessId: string
  processDefinitionVersion: number
  processDefinitionKey: Key
  elementId: string
  elementInstanceKey: Key
  customHeaders: string
  worker: string
  retries: number
  /** Milliseconds since 1970. */
  deadline: number
  variables: string
}

const intent = 'ACTIVATE'

/** Refuses a request that can never be served. */
export function checkActivateJobs({ type, worker, timeout, maxJobsToActivate }: ActivateJobs): void {
  readPresent(intent, 'the job type', type)
  readPresent(intent, 'the name of the worker', worker)
  if (timeout < 1) reject(intent, 'invalid', `Expected to activate jobs with a timeout of at least 1 ms, but it was '${timeout}'`)
  if (maxJobsToActivate < 1) reject(intent, 'invalid',
    `Expected to activate at least one job, but the amount given was '${maxJobsToActivate}'`)
}

/** Gives one job to a worker, with the variables as they are now. */
export function activateJob(decision: Decision, job: Job, { worker, timeout, fetchVariables }: ActivateJobs): ActivatedJob {
  const instance = decision.state.instance(job.instanceKey)!
  const element = instance.elements.get(job.elementKey)!
  const deadline = decision.nowMs + timeout
  decision.record({ type: 'job-activated', job, worker, dueAt: deadline })
  return {
    key: job.key, type: job.type, processInstanceKey: instance.key, bpmnProcessId: instance.model.id,
    processDefinitionVersion: instance.version, processDefinitionKey: instance.definitionKey,
    elementId: element.node.id, elementInstanceKey: element.key, customHeaders: job.headers, worker,
    retries: job.retries, deadline, variables: visibleJson(element, fetchVariables),
  }
}

/** Takes back a job that could not be delivered, as if it had never been given away. */
export const returnJob: Command<{ jobKey: Key; deadline: number }, void> = {
  intent: 'RETURN',
  needs: ({ jobKey }) => ({ instancesOf: [jobKey] }),

  decide({ jobKey, deadline }, decision) {
    const job = decision.state.job(jobKey)
    if (job?.state === 'activated' && job.dueAt === deadline) decision.record({ type: 'job-returned', job, ready: decision.nextKey() })
  },
}
