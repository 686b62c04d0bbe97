import { status } from '@grpc/grpc-js'
import { Outage, Refusal } from '../base/errors.ts'
import type { RefusalKind } from '../base/errors.ts'

const refusals: ReadonlyMap<number, { kind: RefusalKind; code: string }> = new Map([
  [status.NOT_FOUND, { kind: 'not-found', code: 'engine-knows-none' }],
  [status.ALREADY_EXISTS, { kind: 'already-exists', code: 'engine-has-it-already' }],
  [status.FAILED_PRECONDITION, { kind: 'wrong-state', code: 'engine-is-elsewhere' }],
  [status.INVALID_ARGUMENT, { kind: 'invalid', code: 'engine-refuses' }],
  [status.PERMISSION_DENIED, { kind: 'not-allowed', code: 'engine-forbids' }],
  [status.UNAUTHENTICATED, { kind: 'not-allowed', code: 'engine-does-not-know-us' }],
])

const outages: ReadonlySet<number> = new Set([
  status.UNAVAILABLE,
  status.DEADLINE_EXCEEDED,
  status.RESOURCE_EXHAUSTED,
  status.CANCELLED,
  status.ABORTED,
])

/** What a gRPC error means for the caller: a Refusal, an Outage, or the error itself when it is a mistake of ours or the engine's. */
export function fromGrpc(error: unknown): Error {
  const code = codeOf(error)
  const refusal = refusals.get(code)
  const message = error instanceof Error ? error.message : String(error)
  if (refusal) return new Refusal(refusal.kind, refusal.code, {}, message)
  if (outages.has(code)) return new Outage('zeebe', error)
  return error instanceof Error ? error : new Error(message)
}

/** Whether the engine may answer when it is asked again: it was not there, or had too much to do. */
export function isPassing(error: unknown): boolean {
  return [status.UNAVAILABLE, status.RESOURCE_EXHAUSTED].includes(codeOf(error))
}

/** Whether it had too much to do, and has done nothing of what it was asked. */
export function isTurnedAway(error: unknown): boolean {
  return codeOf(error) === status.RESOURCE_EXHAUSTED
}

function codeOf(error: unknown): number {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number' ? error.code : -1
}
