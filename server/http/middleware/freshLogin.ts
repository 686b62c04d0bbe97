import { refuse } from '../../base/errors.ts'
import { freshLogins, type FreshDeed } from '../../cases/rights/freshLogins.ts'
import type { Step } from '../web.ts'

/** Lets pass whoever has proved who they are lately enough for this deed; nobody has told when: not lately. */
export function freshLogin(deed: FreshDeed): Step {
  const minutes = freshLogins[deed]
  return async (ctx, next) => {
    const { provedAtMs } = ctx.context.actor
    const isLate = provedAtMs === undefined || ctx.neighbors.clock.now() - provedAtMs > minutes * 60_000
    if (isLate) refuse('not-allowed', 'login-too-old', { minutes })
    await next()
  }
}
