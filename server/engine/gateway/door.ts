import type { Metadata, ServerWritableStream, ServiceError } from '@grpc/grpc-js'
import type { Log } from '../../base/log.ts'
import type { Engine } from '../engine.ts'
import { isOurMistake, toServiceError } from './grpcStatus.ts'

/** What every call is given. */
export interface Door {
  readonly engine: Engine
  readonly log: Log
  /** Refuses a call that may not pass. */
  enter(metadata: Metadata): Promise<void>
}

/** Ends a call that streams with what was thrown, and writes our own mistakes into the log. */
export function endWith(error: unknown, name: string, call: ServerWritableStream<unknown, unknown>, log: Log): void {
  if (isOurMistake(error)) log.error('gateway-call-failed', { call: name, error })
  call.emit('error', toServiceError(error) as ServiceError)
}
