/** A bare gRPC client on the protocol: what any client can do, and some do not. */
import { credentials, Metadata, type ChannelCredentials, type Client, type ClientReadableStream, type ServiceError } from '@grpc/grpc-js'
import { gatewayProtocol } from '../../server/zeebe/protocol/loadProtocol.ts'
import { uniqueDiagram, type UniqueDiagram } from './target.ts'

export type Wire = Client & Record<string, (request: object, ...rest: unknown[]) => unknown>

export interface WireJob {
  key: string
  type: string
  elementInstanceKey: string
  variables: string
  deadline: string
  worker: string
  retries: number
}

export type WireJobs = { jobs: WireJob[] }

export function connect(address: string, security: ChannelCredentials = credentials.createInsecure()): Wire {
  return new (gatewayProtocol())(address, security) as unknown as Wire
}

/** One call that answers once. */
export function call(wire: Wire, method: string, request: object, metadata = new Metadata()): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) =>
    wire[method]!(request, metadata, (error: ServiceError | null, value: Record<string, unknown>) => (error ? reject(error) : resolve(value))))
}

/** A diagram of `tests/diagrams`, deployed under ids of its own. */
export async function deployed(wire: Wire, name: string): Promise<UniqueDiagram> {
  const diagram = await uniqueDiagram(name)
  await call(wire, 'DeployResource', { resources: [{ name: diagram.name, content: diagram.definition }] })
  return diagram
}

/** Starts the latest version; answers the instance's key. */
export async function start(wire: Wire, bpmnProcessId: string, variables: object = {}): Promise<string> {
  const reply = await call(wire, 'CreateProcessInstance', { bpmnProcessId, version: -1, variables: JSON.stringify(variables) })
  return reply.processInstanceKey as string
}

/** Jobs of a type, as soon as there is one. */
export async function take(wire: Wire, type: string, request: object = {}): Promise<WireJob[]> {
  return (await poll(wire, { type, requestTimeout: 20_000, ...request }).ended).flatMap(({ jobs }) => jobs)
}

/** One ActivateJobs; `ended` has its messages. */
export function poll(wire: Wire, request: object): { stream: ClientReadableStream<WireJobs>; ended: Promise<WireJobs[]> } {
  const stream = wire.ActivateJobs!({ worker: 'suite', timeout: 60_000, maxJobsToActivate: 10, ...request }) as ClientReadableStream<WireJobs>
  return { stream, ended: messagesOf(stream) }
}

/** One StreamActivatedJobs. `first(count)` resolves when so many jobs have come, with those that came until then. */
export function openStream(wire: Wire, request: object) {
  const stream = wire.StreamActivatedJobs!({ worker: 'suite', timeout: 60_000, ...request }) as ClientReadableStream<WireJob>
  const jobs: WireJob[] = []
  const waiting: { count: number; resolve: (jobs: WireJob[]) => void }[] = []
  stream.on('data', (job: WireJob) => {
    jobs.push(job)
    for (const { count, resolve } of waiting) if (jobs.length >= count) resolve([...jobs])
  })
  const ended = new Promise<number>((resolve) => stream.on('error', (error: ServiceError) => resolve(error.code)).on('end', () => resolve(0)))
  const first = (count: number): Promise<WireJob[]> =>
    new Promise((resolve) => (jobs.length >= count ? resolve([...jobs]) : waiting.push({ count, resolve })))
  return { stream, jobs, first, ended }
}

function messagesOf<Message>(stream: ClientReadableStream<Message>): Promise<Message[]> {
  const messages: Message[] = []
  const ended = new Promise<Message[]>((resolve, reject) =>
    stream.on('data', (message: Message) => messages.push(message)).on('error', reject).on('end', () => resolve(messages)))
  // A test that cancels its call need not listen to the end.
  ended.catch(() => undefined)
  return ended
}
