import { v7 as uuidv7 } from 'uuid'
import type { Step } from '../web.ts'

/** Gives each request an id, says it in `x-request-id`, and writes one line when it is answered: ids and times, no address, no query. */
export const requestLog: Step = async (ctx, next) => {
  ctx.requestId = uuidv7()
  ctx.log = ctx.neighbors.log.with({ request: ctx.requestId })
  ctx.set('x-request-id', ctx.requestId)
  const startedAt = performance.now()
  try {
    await next()
  } finally {
    if (!ctx.path.startsWith('/ui/')) {
      // The path as the route is written, so that no case id or code of a verification ends up in a log.
      const route = (ctx as { _matchedRoute?: unknown })._matchedRoute
      ctx.log.info('answered', {
        method: ctx.method,
        route: typeof route === 'string' ? route : 'page',
        status: ctx.status,
        tookMs: Math.round(performance.now() - startedAt),
        ...(ctx.town ? { tenant: ctx.town.id } : {}),
      })
    }
  }
}
