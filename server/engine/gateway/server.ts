import {
  Server, ServerCredentials,
  type Metadata, type ServerUnaryCall, type UntypedHandleCall, type UntypedServiceImplementation, type sendUnaryData,
} from '@grpc/grpc-js'
import { HealthImplementation } from 'grpc-health-check'
import { refuse } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'
import { gatewayProtocol } from '../../zeebe/protocol/loadProtocol.ts'
import type { Engine } from '../engine.ts'
import type { Authorize } from './bearerToken.ts'
import type { Door } from './door.ts'
import { refuseEarly } from './earlyRefusal.ts'
import { isOurMistake, toServiceError } from './grpcStatus.ts'
import { pollJobs, streamJobs } from './jobCalls.ts'
import { unaryMethods, type Address, type UnaryMethod } from './methods.ts'
import { ReadingLag } from './readingLag.ts'
import { http2ServersOf, widenWindows } from './transport.ts'

export interface GatewayOptions {
  engine: Engine
  host: string
  /** 0 takes a free one. */
  port: number
  log: Log
  /** Without it every call may pass. Health is open to all. */
  authorize?: Authorize
  /** Certificate chain and private key as PEM. Without them the gateway speaks plain text. */
  tls?: TlsKeys
  /** Hears of each call that was turned away before it was read; the engine itself does not. */
  onTurnedAway?: (kind: keyof Engine) => void
}

export interface TlsKeys {
  certificate: Buffer
  key: Buffer
}

export interface Gateway {
  port: number
  close(): Promise<void>
}

/** So long may calls under way still take when the gateway closes. */
const CLOSE_WITHIN_MS = 3000

/** Variables of 4 MB and more are refused in words. The transport's own limit, which clients take for a passing state, lies above. */
const MOST_REQUEST_BYTES = 16 * 1024 * 1024

/** Of one connection at a time, polls and streams included. What is more waits in the client. */
const MOST_CALLS = 10_000

/** A client that was cut off without a word is noticed after this silence, and what it streams or polls ends. */
const PING_AFTER_MS = 30_000
const PING_WITHIN_MS = 10_000

/** Serves the engine over the gateway protocol, and `grpc.health.v1` beside it. Resolves when it takes calls. */
export async function startGateway({ engine, host, port, log, authorize, tls, onTurnedAway }: GatewayOptions): Promise<Gateway> {
  const server = new Server({
    'grpc.max_receive_message_length': MOST_REQUEST_BYTES,
    'grpc.keepalive_time_ms': PING_AFTER_MS,
    'grpc.keepalive_timeout_ms': PING_WITHIN_MS,
    // Parked polls are silent for half a minute; clients ping meanwhile.
    'grpc.keepalive_permit_without_calls': 1,
    'grpc.max_concurrent_streams': MOST_CALLS,
    // Nobody looks at what it would keep about each connection and call.
    'grpc.enable_channelz': 0,
  })
  const address: Address = { host, port }
  const enter = async (metadata: Metadata): Promise<void> => {
    if (authorize && !(await authorize(String(metadata.get('authorization')[0] ?? '')))) refuse('not-allowed', 'unauthenticated', {},
      'Expected a valid bearer token in the metadata, but found none')
  }
  server.addService(gatewayProtocol().service, implementation({ engine, log, enter }, address))
  const health = new HealthImplementation({ '': 'SERVING', 'gateway_protocol.Gateway': 'SERVING' })
  health.addToServer(server)
  address.port = await bind(server, `${host}:${port}`, tls)
  const http2Servers = http2ServersOf(server)
  widenWindows(http2Servers)
  const lag = new ReadingLag()
  refuseEarly(http2Servers, ({ kind, standing }) => {
    const isRefused = engine.isFullFor(standing, lag.ms())
    if (isRefused) onTurnedAway?.(kind)
    return isRefused
  })
  return { port: address.port, close: () => shutDown(server) }
}

function implementation(door: Door, address: Address): UntypedServiceImplementation {
  const calls: Record<string, UntypedHandleCall> = { ActivateJobs: pollJobs(door), StreamActivatedJobs: streamJobs(door) }
  for (const [name, method] of Object.entries(unaryMethods)) calls[name] = unary(name, method as UnaryMethod, door, address)
  return calls
}

function unary(name: string, method: UnaryMethod, { engine, log, enter }: Door, address: Address) {
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

function bind(server: Server, address: string, tls?: TlsKeys): Promise<number> {
  const credentials = tls
    ? ServerCredentials.createSsl(null, [{ cert_chain: tls.certificate, private_key: tls.key }])
    : ServerCredentials.createInsecure()
  return new Promise((resolve, reject) =>
    server.bindAsync(address, credentials, (error, port) => (error ? reject(error) : resolve(port))))
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
