import { once } from 'node:events'
import {
  Metadata, Server, ServerCredentials, status,
  type ServerUnaryCall, type ServerWritableStream, type ServiceError, type UntypedHandleCall, type UntypedServiceImplementation,
  type sendUnaryData,
} from '@grpc/grpc-js'
import { HealthImplementation } from 'grpc-health-check'
import { refuse } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import { gatewayProtocol } from '../../zeebe/protocol/loadProtocol.ts'
import type { Engine } from '../engine.ts'
import { isOurMistake, toServiceError } from './grpcStatus.ts'
import { unaryMethods, type Address, type UnaryMethod } from './methods.ts'
import { showJob, showJobs } from './replies.ts'
import { toActivateJobs, toStreamJobs, type WireActivateJobs, type WireStreamJobs } from './requests.ts'

export interface GatewayOptions {
  engine: Engine
  host: string
  /** 0 takes a free one. */
  port: number
  log: Log
  /** Says whether the call may pass, by its metadata (`authorization: Bearer …`). Without it every call may. */
  authorize?: (metadata: Metadata) => Promise<boolean> | boolean
}

export interface Gateway {
  port: number
  close(): Promise<void>
}

/** So long may calls under way still take when the gateway closes. */
const CLOSE_WITHIN_MS = 3000

/** Serves the engine over the gateway protocol, and `grpc.health.v1` beside it. Resolves when it takes calls. */
export async function startGateway({ engine, host, port, log, authorize }: GatewayOptions): Promise<Gateway> {
  const server = new Server({
    'grpc.max_receive_message_length': 8 * 1024 * 1024,
    // Parked polls are silent for half a minute; clients ping meanwhile.
    'grpc.keepalive_permit_without_calls': 1,
  })
  const address: Address = { host, port }
  const enter = async (metadata: Metadata): Promise<void> => {
    if (authorize && !(await authorize(metadata))) refuse('not-allowed', 'unauthenticated', {},
      'Expected a valid bearer token in the metadata, but found none')
  }
  server.addService(gatewayProtocol().service, implementation({ engine, address, log, enter }))
  const health = new HealthImplementation({ '': 'SERVING', 'gateway_protocol.Gateway': 'SERVING' })
  health.addToServer(server)
  address.port = await bind(server, `${host}:${port}`)
  return { port: address.port, close: () => shutDown(server) }
}

interface Door {
  engine: Engine
  address: Address
  log: Log
  enter(metadata: Metadata): Promise<void>
}

function implementation(door: Door): UntypedServiceImplementation {
  const calls: Record<string, UntypedHandleCall> = { ActivateJobs: pollJobs(door), StreamActivatedJobs: streamJobs(door) }
  for (const [name, method] of Object.entries(unaryMethods)) calls[name] = unary(name, method as UnaryMethod, door)
  // What the protocol knows and this engine does not do yet says so.
  for (const [name, { responseStream }] of Object.entries(gatewayProtocol().service)) calls[name] ??= unimplemented(name, responseStream)
  return calls
}

function unary(name: string, method: UnaryMethod, { engine, address, log, enter }: Door) {
  return (call: ServerUnaryCall<unknown, unknown>, reply: sendUnaryData<unknown>): void => {
    const answer = async (): Promise<unknown> => {
      await enter(call.metadata)
      return method(engine, call.request as never, address)
    }
    answer().then((value) => reply(null, value ?? {}), (error: unknown) => {
      if (isOurMistake(error)) log.error('gateway-call-failed', { call: name, error })
      reply(toServiceError(error))
    })
  }
}

/** One poll: waits for jobs, sends them, ends. A client that goes away loses nothing: what was meant for it goes back. */
function pollJobs({ engine, log, enter }: Door) {
  return (call: ServerWritableStream<WireActivateJobs, unknown>): void => {
    const left = new AbortController()
    call.on('cancelled', () => left.abort())
    const poll = async (): Promise<void> => {
      await enter(call.metadata)
      const jobs = await engine.activateJobs(toActivateJobs(call.request), left.signal)
      if (jobs.length > 0 && !call.cancelled) {
        call.write(showJobs(jobs))
        // A client that left as it came is noticed only by writing to it.
        await new Promise((resume) => setImmediate(resume))
      }
      if (call.cancelled) return engine.returnJobs(jobs)
      call.end()
    }
    poll().catch((error: unknown) => {
      if (isOurMistake(error)) log.error('gateway-call-failed', { call: 'ActivateJobs', error })
      call.emit('error', toServiceError(error) as ServiceError)
    })
  }
}

/** Hands jobs on one by one as they come up, as fast as the client takes them, until it leaves. */
function streamJobs({ engine, log, enter }: Door) {
  return (call: ServerWritableStream<WireStreamJobs, unknown>): void => {
    const left = new AbortController()
    call.on('cancelled', () => left.abort())
    const stream = async (): Promise<void> => {
      await enter(call.metadata)
      const request = toStreamJobs(call.request)
      while (!left.signal.aborted) {
        const jobs = await engine.activateJobs(request, left.signal)
        for (const [index, job] of jobs.entries()) {
          if (left.signal.aborted) return engine.returnJobs(jobs.slice(index))
          if (!call.write(showJob(job))) await Promise.race([once(call, 'drain'), once(left.signal, 'abort')])
        }
      }
    }
    stream().catch((error: unknown) => {
      if (isOurMistake(error)) log.error('gateway-call-failed', { call: 'StreamActivatedJobs', error })
      call.emit('error', toServiceError(error) as ServiceError)
    })
  }
}

function unimplemented(name: string, isStream: boolean): UntypedHandleCall {
  const error = { code: status.UNIMPLEMENTED, details: `${name} is not available on this engine yet`, metadata: new Metadata() }
  return isStream
    ? (call: ServerWritableStream<unknown, unknown>): void => void call.emit('error', error)
    : (_call: ServerUnaryCall<unknown, unknown>, reply: sendUnaryData<unknown>): void => reply(error)
}

function bind(server: Server, address: string): Promise<number> {
  return new Promise((resolve, reject) =>
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, port) => (error ? reject(error) : resolve(port))))
}

function shutDown(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.forceShutdown(), CLOSE_WITHIN_MS)
    server.tryShutdown(() => {
      clearTimeout(force)
      resolve()
    })
  })
}
