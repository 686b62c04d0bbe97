import { Outage, Refusal, type RefusalKind } from '../../base/errors.ts'
import type { ErrorReply } from '../contract/words.ts'
import { errorPage } from '../pages/errorPage.ts'
import type { Asked, Step } from '../web.ts'
import type { CountRefusal } from './refusedTries.ts'

const statusOfKind: Readonly<Record<RefusalKind, number>> = {
  invalid: 400,
  'not-found': 404,
  'already-exists': 409,
  'wrong-state': 409,
  'not-allowed': 403,
}

// Where HTTP has a number of its own that a client acts upon.
const statusOfCode: Readonly<Record<string, number>> = {
  'not-signed-in': 401,
  'file-too-large': 413,
  'request-too-large': 413,
  'file-type-not-accepted': 415,
  'too-many-attempts': 429,
}

// Whoever is not signed in is asked to; whoever is and still may not is told so.
const signInHelps: Readonly<Record<string, string>> = {
  'not-allowed': 'not-signed-in',
  'not-signed-in': 'not-signed-in',
  'level-too-low': 'level-too-low',
}

/** Turns whatever was thrown into a reply: a code whose sentence the page knows, never a stack or a name. */
export function errorReply(countRefusal: CountRefusal): Step {
  return async (ctx, next) => {
    try {
      await next()
      if (ctx.status === 404 && ctx.body === undefined) reply(ctx, 404, { code: 'not-found', facts: {} })
    } catch (error) {
      // A stream that has begun cannot become another reply: it is cut, and the browser asks again.
      if (ctx.headerSent) throw error
      if (error instanceof Refusal) countRefusal(ctx, error.code)
      const [status, body] = replyTo(error, ctx)
      reply(ctx, status, body)
    }
  }
}

/** The status and body for something thrown. A failure of ours is logged under the reference the person is given. */
export function replyTo(error: unknown, ctx: Pick<Asked, 'log' | 'requestId'> & Partial<Pick<Asked, 'context'>>): [number, ErrorReply] {
  if (error instanceof Refusal) {
    ctx.log.info('refused', { code: error.code, kind: error.kind })
    const helped = error.kind === 'not-allowed' && ctx.context?.actor.kind === 'anonymous' ? signInHelps[error.code] : undefined
    const status = helped ? 401 : (statusOfCode[error.code] ?? statusOfKind[error.kind])
    return [status, { code: helped ?? error.code, facts: plainFacts(error.facts), ...faultsOf(error) }]
  }
  if (error instanceof Outage) {
    ctx.log.warn('neighbor-down', { system: error.system, error })
    return [503, { code: 'neighbor-down', facts: { system: error.system } }]
  }
  ctx.log.error('failed', { error })
  return [500, { code: 'unexpected', facts: {}, reference: ctx.requestId }]
}

function faultsOf(error: Refusal): Pick<ErrorReply, 'faults'> {
  return 'faults' in error && Array.isArray(error.faults) ? { faults: error.faults.map(toFault) } : {}
}

interface FaultThrown {
  key: string
  code: string
  facts?: Record<string, string | number | boolean>
  warning?: boolean
}

function toFault(fault: FaultThrown): NonNullable<ErrorReply['faults']>[number] {
  return { field: fault.key, code: fault.code, facts: fault.facts ?? {}, warning: fault.warning ?? false }
}

function plainFacts(facts: Refusal['facts']): ErrorReply['facts'] {
  return JSON.parse(JSON.stringify(facts)) as ErrorReply['facts']
}

function reply(ctx: Asked, status: number, body: ErrorReply): void {
  ctx.status = status
  ctx.set('cache-control', 'no-store')
  if (status === 503) ctx.set('retry-after', '10')
  const waitSeconds = body.facts.seconds
  if (status === 429 && typeof waitSeconds === 'number') ctx.set('retry-after', String(waitSeconds))
  // Whoever came by a link, from Keycloak or by a typed address gets a page; our own pages ask for JSON.
  const isPage = !ctx.path.startsWith('/api/') && ctx.accepts('json', 'html') === 'html'
  if (isPage) ctx.type = 'text/html; charset=utf-8'
  ctx.body = isPage ? errorPage(ctx, body.code) : body
}
