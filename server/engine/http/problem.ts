import { STATUS_CODES } from 'node:http'
import type Koa from 'koa'
import { Outage, Refusal, type RefusalKind } from '../../base/errors.ts'
import type { Log } from '../../base/log.ts'

const statuses: Readonly<Record<RefusalKind, number>> = {
  invalid: 400,
  'not-found': 404,
  'already-exists': 409,
  'wrong-state': 409,
  'not-allowed': 403,
}

// Where HTTP has a number of its own that a client acts upon.
const statusOfCode: Readonly<Record<string, number>> = {
  unauthenticated: 401,
  'request-too-large': 413,
  'media-type-not-read': 415,
}

/** Turns whatever was thrown into a problem (RFC 9457). Only our own mistakes lose their text: it may tell too much. */
export function problems(log: Log): Koa.Middleware {
  return async (ctx, next) => {
    try {
      await next()
      if (ctx.status === 404 && ctx.body === undefined) tell(ctx, 404, 'This address is not part of the read API of this engine')
      if (ctx.status === 405 || ctx.status === 501) tell(ctx, 405, 'This API only reads: commands go over gRPC')
    } catch (error) {
      tell(ctx, ...read(error))
      if (ctx.status === 500) log.error('engine-read-failed', { path: ctx.path, error })
      if (ctx.status === 503) log.warn('engine-read-away', { error })
    }
  }
}

function read(error: unknown): [status: number, detail: string] {
  if (error instanceof Refusal) return [statusOfCode[error.code] ?? statuses[error.kind], error.message]
  if (error instanceof Outage) return [503, 'The engine cannot answer at the moment, try again later']
  return [500, 'Unexpected error in the engine; its log says more']
}

function tell(ctx: Koa.Context, status: number, detail: string): void {
  ctx.status = status
  ctx.body = { type: 'about:blank', title: STATUS_CODES[status], status, detail, instance: ctx.path }
  ctx.type = 'application/problem+json'
  if (status === 401) ctx.set('www-authenticate', 'Bearer')
  if (status === 503) ctx.set('retry-after', '5')
}
