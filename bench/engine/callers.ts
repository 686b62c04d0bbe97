import { credentials, type CallOptions, type Client, type ClientReadableStream, type ServiceError } from '@grpc/grpc-js'
import { gatewayProtocol } from '../../server/zeebe/protocol/loadProtocol.ts'
import type { Engine } from '../../server/engine/engine.ts'
import type { Caller, TakenJob } from './workload.ts'

const POLL_MS = 1000
const REFERENCE = 'municipal-request'

/** Calls the engine's functions, as in-process workers do. */
export function inProcess(engine: Engine): Caller {
  return {
    deploy: async (resource) => void (await engine.deploy([resource])),
    create: async (variables, bpmnProcessId = REFERENCE) => (await engine.createInstance({ bpmnProcessId, variables })).processInstanceKey,
    async take(type, worker, signal) {
      const request = { type, worker, timeout: 60_000, maxJobsToActivate: 1, requestTimeout: POLL_MS }
      const jobs = await engine.activateJobs(request, signal)
      return jobs.map((job) => ({ key: job.key, instanceKey: job.processInstanceKey, deadlineMs: job.deadline }))
    },
    complete: (jobKey, variables) => engine.completeJob({ jobKey, variables }),
    close: async () => {},
  }
}

type Unary = (request: object, options: CallOptions, reply: (error: ServiceError | null, value: Record<string, unknown>) => void) => void
type Jobs = { jobs: { key: string; processInstanceKey: string; deadline: string }[] }
type Wire = Client & Record<'CreateProcessInstance' | 'CompleteJob' | 'DeployResource', Unary>
  & { ActivateJobs(request: object, options: CallOptions): ClientReadableStream<Jobs> }

export interface GrpcOptions {
  /** How long a taken job is nobody else's. */
  jobMs?: number
  /** Gives a call up that has no answer by then, for polls after their own time. Without it a call waits as long as its connection. */
  answerWithinMs?: number
}

// An engine that was started again should be noticed at once, not after the second that is usual.
const reconnecting = { 'grpc.initial_reconnect_backoff_ms': 50, 'grpc.min_reconnect_backoff_ms': 50, 'grpc.max_reconnect_backoff_ms': 100 }

/** Calls over gRPC, with the messages zeebe-node sends. */
export function overGrpc(address: string, { jobMs = 60_000, answerWithinMs }: GrpcOptions = {}): Caller {
  const client = new (gatewayProtocol())(address, credentials.createInsecure(), reconnecting) as unknown as Wire
  const within = (waitMs = 0): CallOptions => (answerWithinMs === undefined ? {} : { deadline: Date.now() + waitMs + answerWithinMs })
  const call = (method: 'CreateProcessInstance' | 'CompleteJob' | 'DeployResource', request: object): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => client[method](request, within(), (error, value) => (error ? reject(error) : resolve(value))))
  return {
    deploy: async ({ name, content }) => void (await call('DeployResource', { resources: [{ name, content: Buffer.from(content) }] })),
    async create(variables, bpmnProcessId = REFERENCE) {
      const { processInstanceKey } = await call('CreateProcessInstance', { bpmnProcessId, version: -1, variables })
      return processInstanceKey as string
    },
    take: (type, worker) => new Promise((resolve, reject) => {
      const jobs: TakenJob[] = []
      client.ActivateJobs({ type, worker, timeout: jobMs, maxJobsToActivate: 1, requestTimeout: POLL_MS }, within(POLL_MS))
        .on('data', ({ jobs: given }: Jobs) => jobs.push(...given.map(toTakenJob)))
        .on('error', reject)
        .on('end', () => resolve(jobs))
    }),
    complete: async (jobKey, variables) => void (await call('CompleteJob', { jobKey, variables })),
    close: async () => client.close(),
  }
}

function toTakenJob({ key, processInstanceKey, deadline }: Jobs['jobs'][number]): TakenJob {
  return { key, instanceKey: processInstanceKey, deadlineMs: Number(deadline) }
}
