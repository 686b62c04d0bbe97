import { PassThrough } from 'node:stream'
import type { LivingSession } from '../../identity/livingSession.ts'
import type { InboxEvent } from '../contract/tasks.ts'
import { cookieNames } from '../cookies.ts'
import { staffOnly } from '../middleware/signedIn.ts'
import type { Asked, Routes } from '../web.ts'

// Proxies cut a silent connection after a minute or so.
const beatEveryMs = 20_000

/** Tells open inboxes what changed (server-sent events). A page that missed one asks again when it reconnects. */
export function addEvents(router: Routes, livingSession: LivingSession): void {
  router.get('/inbox/events', staffOnly, (ctx: Asked) => {
    const stream = new PassThrough()
    const stop = [
      ctx.context.events.subscribe(ctx.town.id, ({ kind, taskId, caseId }) => {
        stream.write(`data: ${JSON.stringify({ kind, taskId, caseId } satisfies InboxEvent)}\n\n`)
      }),
      beat(ctx, stream, livingSession),
    ]
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
      stream.write(': still here\n\n')
      next()
    } catch (error) {
      // Keycloak or the database is silent: the page reconnects, and is told so by then.
      ctx.log.warn('events-ended', { error })
      stream.end()
    }
  }
  next()
  return () => cancel()
}
