import { status, type ServiceError, Metadata } from '@grpc/grpc-js'
import { Outage, Refusal, type RefusalKind } from '../../base/errors.ts'
import { Overload, ResultTimeout, StoreFull } from '../engine.ts'

const statuses: Record<RefusalKind, status> = {
  invalid: status.INVALID_ARGUMENT,
  'not-found': status.NOT_FOUND,
  'already-exists': status.ALREADY_EXISTS,
  'wrong-state': status.FAILED_PRECONDITION,
  'not-allowed': status.PERMISSION_DENIED,
}

/** A status travels in headers, and a client that takes 8 KiB of them, as most do, would lose its connection over a longer one. */
const MOST_DETAILS_BYTES = 6 * 1024

/** Turns whatever was thrown into what a gRPC client gets. Only our own mistakes lose their text: it may tell too much. */
export function toServiceError(error: unknown): Partial<ServiceError> {
  const [code, details] = read(error)
  return { code, details: fitHeader(details), metadata: new Metadata() }
}

function read(error: unknown): [status, string] {
  if (error instanceof Refusal) return [error.code === 'unauthenticated' ? status.UNAUTHENTICATED : statuses[error.kind], error.message]
  if (error instanceof Overload) return [status.RESOURCE_EXHAUSTED, error.message]
  if (error instanceof ResultTimeout) return [status.DEADLINE_EXCEEDED, error.message]
  if (error instanceof Outage) return [status.UNAVAILABLE, error.cause instanceof StoreFull
    ? 'The database of the engine has no room left, so nothing is taken until there is; try again later'
    : 'The engine cannot serve at the moment, try again later']
  return [status.INTERNAL, 'Unexpected error in the engine; its log says more']
}

/** The text as a header can carry it: half a surrogate pair cannot be written at all, and what is too long ends in an ellipsis. */
function fitHeader(details: string): string {
  const text = Buffer.from(details).toString()
  let room = MOST_DETAILS_BYTES
  let end = 0
  for (const character of text) {
    room -= encodeURI(character).length
    if (room < 0) return `${text.slice(0, end)}…`
    end += character.length
  }
  return text
}

/** Whether the error is a mistake of ours, which belongs in the log. */
export function isOurMistake(error: unknown): boolean {
  return read(error)[0] === status.INTERNAL
}
