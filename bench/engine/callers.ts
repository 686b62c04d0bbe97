import { credentials, type Client, type ClientReadableStream, type ServiceError } from '@grpc/grpc-js'
import { gatewayProtocol } from '../../server/zeebe/protocol/loadProtocol.ts'
import type { Engine } from '../../server/engine/engine.ts'
import type { Caller } from './workload.ts'

const POLL_MS = 1000

/** Calls the engine's functions, as in-process workers do. */
export function inProcess(engine: Engine): Caller {
  return {
    deploy: async (resource) => void (await engine.deploy([resource])),
    create: async (variables) => (await engine.createInstance({ bpmnProcessId: 'municipal-request', variables })).processInstanceKey,
    async take(type, worker) {
      const jobs = await engine.activateJobs({ type, worker, timeout: 60_000, maxJobsToActivate: 1, requestTimeout: POLL_MS })
      return jobs.map((job) => ({ key: job.key, instanceKey: job.processInstanceKey }))
    },
    complete: (jobKey, variables) => engine.completeJob({ jobKey, variables }),
    close: async () => {},
  }
}

type Unary = (request: object, reply: (error: ServiceError | null, value: Record<string, unknown>) => void) => void
type Jobs = { jobs: { key: string; processInstanceKey: string }[] }
type Wire = Client & Record<'CreateProcessInstance' | 'CompleteJob' | 'DeployResource', Unary>
  & { ActivateJobs(request: object): ClientReadableStream<Jobs> }

/** Calls over gRPC, with the messages zeebe-node sends. `jobMs` is how long a taken job is nobody else's. */
export function overGrpc(address: string, jobMs = 60_000): Caller {
  const client = new (gatewayProtocol())(address, credentials.createInsecure()) as unknown as Wire
  const call = (method: 'CreateProcessInstance' | 'CompleteJob' | 'DeployResource', request: object): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => client[method](request, (error, value) => (error ? reject(error) : resolve(value))))
  return {
    deploy: async ({ name, content }) => void (await call('DeployResource', { resources: [{ name, content: Buffer.from(content) }] })),
    async create(variables) {
      const { processInstanceKey } = await call('CreateProcessInstance', { bpmnProcessId: 'municipal-request', version: -1, variables })
      return processInstanceKey as string
    },
    take: (type, worker) => new Promise((resolve, reject) => {
      const jobs: { key: string; instanceKey: string }[] = []
      client.ActivateJobs({ type, worker, timeout: jobMs, maxJobsToActivate: 1, requestTimeout: POLL_MS })
        .on('data', (answer: Jobs) => jobs.push(...answer.jobs.map((job) => ({ key: job.key, instanceKey: job.processInstanceKey }))))
        .on('error', reject)
        .on('end', () => resolve(jobs))
    }),
    complete: async (jobKey, variables) => void (await call('CompleteJob', { jobKey, variables })),
    close: async () => client.close(),
  }
}
