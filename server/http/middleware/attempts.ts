import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { refuse } from '../../base/errors.ts'
import type { Step } from '../web.ts'

/** How often one address may do something, per minute. Generous for a village office where many share one address. */
export interface Attempts {
  statusByCode: Step
  filing: Step
  uploads: Step
  signIn: Step
}

/** Counts attempts in memory: a guesser is slowed down, and a restart forgives. */
export function countAttempts(): Attempts {
  return {
    // A code has 50 bits; at 10 a minute the wait for one hit is longer than the town has stood.
    statusByCode: atMost(10),
    filing: atMost(60),
    uploads: atMost(120),
    // A whole town hall comes to work behind one address, and each sign-in is two requests. Keycloak counts passwords itself.
    signIn: atMost(300),
  }
}

function atMost(times: number): Step {
  const limiter = new RateLimiterMemory({ points: times, duration: 60 })
  return async (ctx, next) => {
    try {
      await limiter.consume(ctx.ip)
    } catch (thrown) {
      if (!(thrown instanceof RateLimiterRes)) throw thrown
      refuse('not-allowed', 'too-many-attempts', { seconds: Math.ceil(thrown.msBeforeNext / 1000) })
    }
    await next()
  }
}
