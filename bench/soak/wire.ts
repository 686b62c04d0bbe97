import { credentials, type CallOptions, type Client, type ClientReadableStream, type ServiceError } from '@grpc/grpc-js'
import { gatewayProtocol } from '../../server/zeebe/protocol/loadProtocol.ts'

export interface GivenJob {
  readonly key: string
  readonly instanceKey: string
  /** Until then it is nobody else's. */
  readonly deadlineMs: number
}

export interface Published {
  readonly name: string
  readonly correlationKey: string
  readonly messageId: string
  readonly variables: string
}

/** The calls that a soak's clients make to one engine, over gRPC. */
export interface Wire {
  deploy(name: string, content: string): Promise<void>
  /** The key of a new municipal request. */
  create(variables: string): Promise<string>
  publish(message: Published): Promise<void>
  /** Waits a while for one job of the type. */
  take(type: string, worker: string): Promise<GivenJob[]>
  complete(jobKey: string, variables: string): Promise<void>
  close(): void
}

const POLL_MS = 1000

/** Longer than any run lasts between two looks: a message that is sent again is always known. */
const MESSAGE_LIVES_MS = 3_600_000

const channelOptions = {
  // An engine that was started again should be noticed at once, not after the second that is usual.
  'grpc.initial_reconnect_backoff_ms': 50, 'grpc.min_reconnect_backoff_ms': 50, 'grpc.max_reconnect_backoff_ms': 100,
  // A line on which nobody is any more is noticed by pings alone.
  'grpc.keepalive_time_ms': 1000, 'grpc.keepalive_timeout_ms': 1000, 'grpc.keepalive_permit_without_calls': 1,
}

type Reply = Record<string, unknown>
type Unary = (request: object, options: CallOptions, reply: (error: ServiceError | null, value: Reply) => void) => void
type Jobs = { jobs: { key: string; processInstanceKey: string; deadline: string }[] }
type UnaryName = 'CreateProcessInstance' | 'PublishMessage' | 'CompleteJob' | 'DeployResource'
type Stub = Client & Record<UnaryName, Unary> & { ActivateJobs(request: object, options: CallOptions): ClientReadableStream<Jobs> }

/**
 * @param jobMs how long a job that was given is nobody else's
 * @param answerWithinMs after this time without an answer a call is given up, a poll after its own time
 */
export function wireTo(address: string, jobMs: number, answerWithinMs: number): Wire {
  const stub = new (gatewayProtocol())(address, credentials.createInsecure(), channelOptions) as unknown as Stub
  const within = (waitMs: number): CallOptions => ({ deadline: Date.now() + waitMs + answerWithinMs })
  const call = (name: UnaryName, request: object): Promise<Reply> =>
    new Promise((resolve, reject) => stub[name](request, within(0), (error, value) => (error ? reject(error) : resolve(value))))
  return {
    deploy: async (name, content) => void (await call('DeployResource', { resources: [{ name, content: Buffer.from(content) }] })),
    async create(variables) {
      const { processInstanceKey } = await call('CreateProcessInstance', { bpmnProcessId: 'municipal-request', version: -1, variables })
      return processInstanceKey as string
    },
    publish: async (message) => void (await call('PublishMessage', { ...message, timeToLive: MESSAGE_LIVES_MS })),
    take: (type, worker) => new Promise((resolve, reject) => {
      const given: GivenJob[] = []
      stub.ActivateJobs({ type, worker, timeout: jobMs, maxJobsToActivate: 1, requestTimeout: POLL_MS }, within(POLL_MS))
        .on('data', ({ jobs }: Jobs) => given.push(...jobs.map(toGivenJob)))
        .on('error', reject)
        .on('end', () => resolve(given))
    }),
    complete: async (jobKey, variables) => void (await call('CompleteJob', { jobKey, variables })),
    close: () => stub.close(),
  }
}

function toGivenJob({ key, processInstanceKey, deadline }: Jobs['jobs'][number]): GivenJob {
  return { key, instanceKey: processInstanceKey, deadlineMs: Number(deadline) }
}
