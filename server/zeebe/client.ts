import { ZBClient } from 'zeebe-node'
import type { IProcessVariables, JSONDoc } from 'zeebe-node'
import type { Log } from '../base/log.ts'
import { patiently } from './patience.ts'
import { openStub } from './stub.ts'
import type { GatewayAddress } from './stub.ts'

/** Values a process knows by name. Plain JSON; an amount of money is a whole number of minor units. */
export type Variables = Record<string, unknown>

export interface Message {
  readonly name: string
  readonly correlationKey: string
  /** Protects from a second message of the same name and key while the first lives. */
  readonly messageId?: string
  /** How long it waits for someone to take it; 0: now or never. */
  readonly timeToLiveMs: number
  readonly variables?: Variables
}

/** A job as a worker gets it. Keys are strings of digits: they may exceed JavaScript's whole numbers. */
export interface Job {
  readonly key: string
  readonly type: string
  readonly processInstanceKey: string
  readonly bpmnProcessId: string
  readonly processDefinitionVersion: number
  readonly elementId: string
  readonly elementInstanceKey: string
  readonly headers: Readonly<Record<string, string>>
  readonly variables: Variables
  /** Tries left, this one included. */
  readonly retries: number
  /** When the job goes back to others, in milliseconds since 1970-01-01T00:00Z. */
  readonly deadlineMs: number
}

export interface WorkerOptions {
  readonly type: string
  /** How long a job is ours before others may get it. */
  readonly timeoutMs: number
  /** The most jobs held at a time. */
  readonly maxJobs: number
  /** Only these variables are fetched; all when left out. */
  readonly fetch?: readonly string[]
  /** Settles the job by its key, or leaves it: an error thrown here is only logged, and the job comes again after its timeout. */
  handle(job: Job): Promise<void>
}

/** A file to deploy. Its name belongs to what the engine compares: the same content under the same name makes no new version. */
export interface Resource {
  readonly name: string
  readonly content: string
}

/** What a deployment made, or found there already. */
export interface Deployment {
  readonly processes: readonly { readonly bpmnProcessId: string; readonly version: number; readonly processDefinitionKey: string }[]
  readonly forms: readonly { readonly formId: string; readonly version: number; readonly formKey: string }[]
  readonly decisions: readonly { readonly dmnDecisionId: string; readonly version: number; readonly decisionKey: string }[]
}

export interface Topology {
  readonly gatewayVersion: string
  readonly partitions: number
  readonly brokers: number
}

/** What the product asks of Zeebe, or of the embedded engine: nobody asks which one answers. Every call throws Refusal or Outage. */
export interface ZeebeClient {
  publishMessage(message: Message): Promise<void>
  completeJob(jobKey: string, variables?: Variables): Promise<void>
  /** Without retries left it becomes an incident. */
  failJob(jobKey: string, failure: { retries: number; message: string; backOffMs?: number; variables?: Variables }): Promise<void>
  throwError(jobKey: string, error: { code: string; message?: string; variables?: Variables }): Promise<void>
  updateJobRetries(jobKey: string, retries: number): Promise<void>
  updateJobTimeout(jobKey: string, timeoutMs: number): Promise<void>
  setVariables(elementInstanceKey: string, variables: Variables, options?: { local?: boolean }): Promise<void>
  cancelInstance(processInstanceKey: string): Promise<void>
  /** Moves a running case to another version; `mapping` is source element id → target element id. */
  migrateInstance(processInstanceKey: string, targetDefinitionKey: string, mapping: Readonly<Record<string, string>>): Promise<void>
  resolveIncident(incidentKey: string): Promise<void>
  /** All or nothing. */
  deploy(resources: readonly Resource[]): Promise<Deployment>
  deleteResource(resourceKey: string): Promise<void>
  topology(): Promise<Topology>
  openWorker(options: WorkerOptions): Worker
  /** Takes no more jobs, waits for those in hand, and hangs up. */
  close(): Promise<void>
}

export interface Worker {
  close(): Promise<void>
}

export interface ConnectOptions extends GatewayAddress {
  readonly log: Log
  /** When a call is given up as an Outage; 5 s when left out. */
  readonly giveUpMs?: number
}

const GIVE_UP_MS = 5000
const DEPLOY_MS = 30_000
const LONG_POLL_MS = 30_000
// After each batch zeebe-node waits this long before it asks for the next.
const POLL_INTERVAL_MS = 50

/** Connects to a gateway. Calls go through zeebe-node, the few it lacks through a stub of our own. */
export function connectZeebe({ log, giveUpMs = GIVE_UP_MS, ...gateway }: ConnectOptions): ZeebeClient {
  const zeebe = new ZBClient(gateway.address, {
    loglevel: 'NONE',
    retry: false,
    longPoll: LONG_POLL_MS,
    pollInterval: POLL_INTERVAL_MS,
    useTLS: gateway.secure ?? false,
    onConnectionError: () => log.warn('zeebe-away', { address: gateway.address }),
    onReady: () => log.info('zeebe-there', { address: gateway.address }),
  })
  if (gateway.token) showToken(zeebe, gateway.token)
  const stub = openStub(gateway)

  const ask = async (call: () => Promise<unknown>, heardIf?: 'not-found' | 'already-exists'): Promise<void> => {
    await patiently(call, { giveUpMs, heardIf })
  }

  return {
    publishMessage({ name, correlationKey, messageId = '', timeToLiveMs, variables = {} }) {
      const message = { name, correlationKey, messageId, timeToLive: timeToLiveMs, variables: json(variables) }
      return ask(() => zeebe.publishMessage(message), 'already-exists')
    },
    completeJob: (jobKey, variables = {}) => ask(() => zeebe.completeJob({ jobKey, variables: json(variables) }), 'not-found'),
    // zeebe-node sends no variables here, so the stub does.
    failJob(jobKey, { retries, message, backOffMs = 0, variables = {} }) {
      const failure = { jobKey, retries, errorMessage: message, retryBackOff: backOffMs, variables: JSON.stringify(variables) }
      return ask(() => stub.call('FailJob', failure, giveUpMs))
    },
    throwError: (jobKey, { code, message = '', variables = {} }) =>
      ask(() => zeebe.throwError({ jobKey, errorCode: code, errorMessage: message, variables: json(variables) }), 'not-found'),
    updateJobRetries: (jobKey, retries) => ask(() => zeebe.updateJobRetries({ jobKey, retries })),
    updateJobTimeout: (jobKey, timeoutMs) => ask(() => stub.call('UpdateJobTimeout', { jobKey, timeout: timeoutMs }, giveUpMs)),
    setVariables: (elementInstanceKey, variables, { local = false } = {}) =>
      ask(() => zeebe.setVariables({ elementInstanceKey, variables: json(variables), local })),
    cancelInstance: (processInstanceKey) => ask(() => zeebe.cancelProcessInstance(processInstanceKey), 'not-found'),
    migrateInstance: (processInstanceKey, targetDefinitionKey, mapping) =>
      ask(() => stub.call('MigrateProcessInstance', {
        processInstanceKey,
        migrationPlan: {
          targetProcessDefinitionKey: targetDefinitionKey,
          mappingInstructions: Object.entries(mapping).map(([sourceElementId, targetElementId]) => ({ sourceElementId, targetElementId })),
        },
      }, giveUpMs)),
    resolveIncident: (incidentKey) => ask(() => zeebe.resolveIncident({ incidentKey }), 'not-found'),
    async deploy(resources) {
      const request = { resources: resources.map(({ name, content }) => ({ name, content: Buffer.from(content, 'utf8') })) }
      const reply = await patiently(() => stub.call<DeployReply>('DeployResource', request, DEPLOY_MS), { giveUpMs: DEPLOY_MS })
      return toDeployment(reply)
    },
    deleteResource: (resourceKey) => ask(() => stub.call('DeleteResource', { resourceKey }, giveUpMs), 'not-found'),
    async topology() {
      const reply = await patiently(() => zeebe.topology(), { giveUpMs })
      return { gatewayVersion: reply?.gatewayVersion ?? '', partitions: reply?.partitionsCount ?? 0, brokers: reply?.brokers.length ?? 0 }
    },
    openWorker: (options) => openWorker(zeebe, options, log),
    async close() {
      await zeebe.close()
      stub.close()
    },
  }
}

function openWorker(zeebe: ZBClient, { type, timeoutMs, maxJobs, fetch, handle }: WorkerOptions, log: Log): Worker {
  const worker = zeebe.createWorker({
    taskType: type,
    timeout: timeoutMs,
    maxJobsToActivate: maxJobs,
    ...(fetch ? { fetchVariable: [...fetch] } : {}),
    onConnectionError: () => log.warn('zeebe-worker-away', { type }),
    async taskHandler(job) {
      try {
        await handle({
          key: job.key,
          type: job.type,
          processInstanceKey: job.processInstanceKey,
          bpmnProcessId: job.bpmnProcessId,
          processDefinitionVersion: job.processDefinitionVersion,
          elementId: job.elementId,
          elementInstanceKey: job.elementInstanceKey,
          headers: job.customHeaders as Record<string, string>,
          variables: job.variables as Variables,
          retries: job.retries,
          deadlineMs: Number(job.deadline),
        })
      } catch (error) {
        log.error('job-left', { type, job: job.key, error })
      }
      // Settled by key above, or left to time out: zeebe-node only needs to know that it is out of our hands.
      return job.forward()
    },
  })
  return { close: async () => void (await worker.close()) }
}

interface DeployReply {
  readonly deployments: readonly {
    readonly process?: Deployment['processes'][number] | null
    readonly form?: Deployment['forms'][number] | null
    readonly decision?: Deployment['decisions'][number] | null
  }[]
}

function toDeployment(reply: DeployReply | undefined): Deployment {
  const parts = reply?.deployments ?? []
  return {
    processes: parts.flatMap(({ process }) => (process ? [process] : [])),
    forms: parts.flatMap(({ form }) => (form ? [form] : [])),
    decisions: parts.flatMap(({ decision }) => (decision ? [decision] : [])),
  }
}

// zeebe-node's own type of JSON leaves out what it takes without complaint.
function json(variables: Variables): JSONDoc & IProcessVariables {
  return variables as JSONDoc & IProcessVariables
}

// zeebe-node fetches its tokens itself, by client credentials only, and keeps the fetcher to itself. One that asks us takes its place.
function showToken(zeebe: ZBClient, token: () => string | Promise<string>): void {
  const provider = { getToken: async () => token(), stopExpiryTimer: () => undefined }
  const inside = zeebe as unknown as { oAuth: unknown; grpc: { oAuth: unknown } }
  inside.oAuth = provider
  inside.grpc.oAuth = provider
}
