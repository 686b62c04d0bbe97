import { PassThrough } from 'node:stream'
import type { CaseEvent, Context } from '../../cases/context.ts'
import { whoSees } from '../../cases/whoSees.ts'
import type { LivingSession } from '../../identity/livingSession.ts'
import type { InboxEvent } from '../contract/tasks.ts'
import { cookieNames } from '../cookies.ts'
import { staffOnly } from '../middleware/signedIn.ts'
import type { Asked, Routes } from '../web.ts'

// Proxies cut a silent connection after a minute or so.
const beatEveryMs = 20_000

// Some thousand events: a page that has not read those by now does not read any more.
const mostUnreadBytes = 256 * 1024

/**
 * Tells open inboxes what changed in the cases their clerk may see (server-sent events). A page that missed one asks again
 * when it reconnects.
 */
export function addEvents(router: Routes, livingSession: LivingSession): void {
  // Every open page hears of the same event: its case is read once for all of them.
  const audiences = new WeakMap<CaseEvent, ReturnType<typeof whoSees>>()
  const audienceOf = (context: Context, event: CaseEvent): ReturnType<typeof whoSees> => {
    const audience = audiences.get(event) ?? whoSees(context, event.caseId)
    audiences.set(event, audience)
    return audience
  }

  router.get('/inbox/events', staffOnly, (ctx: Asked) => {
    const stream = new PassThrough()
    const tell = async (event: CaseEvent): Promise<void> => {
      try {
        if (!(await audienceOf(ctx.context, event))(ctx.context.actor)) return
      } catch (error) {
        return endEarly(ctx, stream, error)
      }
      const { kind, taskId, caseId } = event
      if (stream.writable) stream.write(`data: ${JSON.stringify({ kind, taskId, caseId } satisfies InboxEvent)}\n\n`)
      if (stream.writableLength > mostUnreadBytes) stream.destroy()
    }
    const stop = [ctx.context.events.subscribe(ctx.town.id, (event) => void tell(event)), beat(ctx, stream, livingSession)]
    stream.on('close', () => stop.forEach((each) => each()))
    ctx.req.on('close', () => stream.destroy())
    ctx.set('cache-control', 'no-store')
    ctx.set('x-accel-buffering', 'no')
    ctx.type = 'text/event-stream; charset=utf-8'
    ctx.status = 200
    ctx.body = stream
    stream.write('retry: 3000\n\n')
  })
}

/** Keeps the line awake, and ends it when the session has ended. Looking on is not activity: it does not prolong the session. */
function beat(ctx: Asked, stream: PassThrough, livingSession: LivingSession): () => void {
  const { clock } = ctx.neighbors
  const cookie = ctx.cookies.get(cookieNames.login(ctx.town.id))
  let cancel = (): void => undefined
  const next = (): void => {
    cancel = clock.at(clock.now() + beatEveryMs, () => void check())
  }
  const check = async (): Promise<void> => {
    try {
      const session = await livingSession(ctx.context, cookie)
      if (session?.actor.kind !== 'staff') return void stream.end()
      // Roles and units are those of now, not of when the page was opened.
      ctx.context = ctx.neighbors.contextFor(ctx.town.id, session.actor)
      stream.write(': still here\n\n')
      next()
    } catch (error) {
      endEarly(ctx, stream, error)
    }
  }
  next()
  return () => cancel()
}

/** Keycloak or the database is silent: the page reconnects, and is told so by then. */
function endEarly(ctx: Asked, stream: PassThrough, error: unknown): void {
  ctx.log.warn('events-ended', { error })
  stream.end()
}
