import { fileURLToPath } from 'node:url'
import { loadPackageDefinition, Server, ServerCredentials, status } from '@grpc/grpc-js'
import type { Metadata, ServerWritableStream, sendUnaryData, ServerUnaryCall, ServiceClientConstructor } from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'

type Request = Record<string, unknown>

/** A call that reached the gateway. */
export interface Heard {
  readonly method: string
  readonly request: Request
  readonly metadata: Metadata
}

/** What the gateway does with a call: the reply, or a status to refuse with. */
export type Answer = (request: Request) => Reply | Refused | 'silence'

type Reply = Record<string, unknown> & { refuse?: undefined }

interface Refused {
  readonly refuse: number
  readonly details: string
}

export interface RecordingGateway {
  readonly address: string
  readonly heard: readonly Heard[]
  /** Resolves with the first call of this method, past or to come. */
  next(method: string): Promise<Heard>
  /** Hands jobs to the worker that polls, or will. */
  giveJobs(type: string, ...jobs: Request[]): void
  /** How many polls are parked. */
  polls(): number
  close(): Promise<void>
}

const PROTO = fileURLToPath(new URL('../../server/zeebe/protocol/gateway.proto', import.meta.url))

/** A gateway that speaks the real protocol over a real connection, writes down what it hears and answers as told. It executes nothing. */
export async function recordingGateway(answers: Readonly<Record<string, Answer>> = {}, port = 0): Promise<RecordingGateway> {
  const heard: Heard[] = []
  const waiting: { method: string; tell: (heard: Heard) => void }[] = []
  const parked = new Set<{ type: string; stream: ServerWritableStream<Request, object> }>()
  const backlog: { type: string; jobs: Request[] }[] = []

  const hear = (entry: Heard): void => {
    heard.push(entry)
    for (const each of waiting.filter(({ method }) => method === entry.method)) {
      waiting.splice(waiting.indexOf(each), 1)
      each.tell(entry)
    }
  }

  const unary = (method: string) => (call: ServerUnaryCall<Request, object>, reply: sendUnaryData<object>) => {
    hear({ method, request: call.request, metadata: call.metadata })
    const answer = answers[method]?.(call.request) ?? {}
    if (answer === 'silence') return
    if (answer.refuse === undefined) reply(null, answer)
    else reply({ code: answer.refuse, details: answer.details })
  }

  const activateJobs = (stream: ServerWritableStream<Request, object>): void => {
    hear({ method: 'ActivateJobs', request: stream.request, metadata: stream.metadata })
    const type = String(stream.request['type'])
    const ready = backlog.findIndex((each) => each.type === type)
    if (ready >= 0) {
      stream.write({ jobs: backlog.splice(ready, 1)[0]?.jobs ?? [] })
      return void stream.end()
    }
    const poll = { type, stream }
    parked.add(poll)
    stream.on('cancelled', () => parked.delete(poll))
  }

  const { service } = gatewayService()
  const handlers = Object.entries(service).map(([method, { responseStream }]) => [method, responseStream ? refuseStream : unary(method)])
  const server = new Server()
  server.addService(service, { ...Object.fromEntries(handlers), ActivateJobs: activateJobs })
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, at) => (error ? reject(error) : resolve(at)))
  })

  return {
    address: `127.0.0.1:${bound}`,
    heard,
    next: (method) =>
      new Promise((tell) => {
        const past = heard.find((each) => each.method === method)
        if (past) tell(past)
        else waiting.push({ method, tell })
      }),
    giveJobs(type, ...jobs) {
      const full = jobs.map((job) => ({ ...emptyJob, type, ...job }))
      const poll = [...parked].find((each) => each.type === type)
      if (!poll) return void backlog.push({ type, jobs: full })
      parked.delete(poll)
      poll.stream.write({ jobs: full })
      poll.stream.end()
    },
    polls: () => parked.size,
    close: async () => server.forceShutdown(),
  }
}

function gatewayService(): ServiceClientConstructor {
  const definition = loadSync(PROTO, { keepCase: true, longs: String, enums: String, defaults: true, oneofs: true })
  const loaded = loadPackageDefinition(definition) as unknown as { gateway_protocol: { Gateway: ServiceClientConstructor } }
  return loaded.gateway_protocol.Gateway
}

function refuseStream(stream: ServerWritableStream<Request, object>): void {
  stream.emit('error', { code: status.UNIMPLEMENTED, details: 'not here' })
}

const emptyJob = {
  key: '2251799813685250',
  processInstanceKey: '2251799813685249',
  bpmnProcessId: 'sombor--petition',
  processDefinitionVersion: 1,
  processDefinitionKey: '2251799813685248',
  elementId: 'send-receipt',
  elementInstanceKey: '2251799813685251',
  customHeaders: '{}',
  worker: 'worker',
  retries: 3,
  deadline: '1800000000000',
  variables: '{}',
}
