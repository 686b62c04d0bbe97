import type { Decision } from '../behaviors/decision.ts'
import { Failure } from '../behaviors/failure.ts'
import { raiseIncident } from '../behaviors/incidents.ts'
import { visibleJson } from '../behaviors/variables.ts'
import type { Key } from '../key.ts'
import type { Job } from '../state/instance.ts'
import { reject, type Command } from './command.ts'
import { readPresent } from './readRequest.ts'

/** Which jobs, and how they are to be brought. */
export interface StreamJobs {
  type: string
  worker: string
  /** Milliseconds for which nobody else gets the jobs. */
  timeout: number
  /** Names of the variables to bring; none is all. */
  fetchVariables?: readonly string[]
}

export interface ActivateJobs extends StreamJobs {
  /** 0 is answered at once, with none. */
  maxJobsToActivate: number
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
export function checkActivateJobs(request: ActivateJobs): void {
  checkStreamJobs(request)
  const { worker, maxJobsToActivate } = request
  readPresent(intent, 'the name of the worker', worker)
  // None is an answer that asks nothing of anybody: the vendor's command line counts on it.
  if (maxJobsToActivate < 0) reject(intent, 'invalid',
    `Expected to activate at least one job, but the amount given was '${maxJobsToActivate}'`)
}

/** Refuses a stream that could never be served. */
export function checkStreamJobs({ type, timeout }: StreamJobs): void {
  readPresent(intent, 'the job type', type)
  if (timeout < 1) reject(intent, 'invalid', `Expected to activate jobs with a timeout of at least 1 ms, but it was '${timeout}'`)
}

/**
 * Gives one job to a worker, with the variables as they are now. A job that fits into no message becomes an incident
 * instead, and undefined is answered.
 */
export function activateJob(decision: Decision, job: Job, { worker, timeout, fetchVariables }: StreamJobs): ActivatedJob | undefined {
  const instance = decision.state.instance(job.instanceKey)!
  const element = instance.elements.get(job.elementKey)!
  const deadline = decision.nowMs + timeout
  const activated = {
    key: job.key, type: job.type, processInstanceKey: instance.key, bpmnProcessId: instance.model.id,
    processDefinitionVersion: instance.version, processDefinitionKey: instance.definitionKey,
    elementId: element.node.id, elementInstanceKey: element.key, customHeaders: job.headers, worker,
    retries: job.retries, deadline, variables: visibleJson(element, fetchVariables),
  }
  const bytes = bytesOf(activated)
  if (bytes > MOST_MESSAGE_BYTES) {
    const message = `Expected the job with key '${job.key}' to fit into a message of ${MOST_MESSAGE_BYTES} bytes, but it has ${bytes}; ` +
      'fetch fewer variables or make them smaller'
    decision.record({ type: 'job-failed', job, retries: job.retries, error: message, ready: null, dueAt: null })
    raiseIncident(decision, instance, element, new Failure('MESSAGE_SIZE_EXCEEDED', message))
    return undefined
  }
  decision.record({ type: 'job-activated', job, worker, dueAt: deadline })
  return activated
}

/** What gRPC clients take in one message is 4 MiB, the envelope included. */
export const MOST_MESSAGE_BYTES = 4 * 1024 * 1024 - 16 * 1024

/** Room for keys, numbers, ids and the tags of all fields. */
const ENVELOPE_BYTES = 512

/** About how many bytes a job takes on the wire; never fewer than it will. */
export function bytesOf({ type, bpmnProcessId, elementId, customHeaders, worker, variables }: ActivatedJob): number {
  const texts = [type, bpmnProcessId, elementId, customHeaders, worker, variables]
  return texts.reduce((bytes, text) => bytes + Buffer.byteLength(text), ENVELOPE_BYTES)
}

/** Takes back a job that could not be delivered, as if it had never been given away. */
export const returnJob: Command<{ jobKey: Key; deadline: number }, void> = {
  intent: 'RETURN',
  standing: 'owed',
  needs: ({ jobKey }) => ({ instancesOf: [jobKey] }),

  decide({ jobKey, deadline }, decision) {
    const job = decision.state.job(jobKey)
    if (job?.state === 'activated' && job.dueAt === deadline) decision.record({ type: 'job-returned', job, ready: decision.nextKey() })
  },
}
