import { isIPv6 } from 'node:net'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { refuse } from '../../base/errors.ts'
import type { Step } from '../web.ts'

/** How often one network may do something, per minute. Generous for a village office where many share one address. */
export interface Attempts {
  statusByCode: Step
  activation: Step
  filing: Step
  uploads: Step
  signIn: Step
  backChannel: Step
  drafts: Step
  papers: Step
}

/** Counts attempts in memory: a guesser is slowed down, and a restart forgives. */
export function countAttempts(): Attempts {
  return {
    // A code has 50 bits; at 10 a minute the wait for one hit is longer than the town has stood.
    statusByCode: atMost(10),
    // A link has 256 bits and takes eight wrong codes; a waiting room of people who open theirs on the town's own network gets through.
    activation: atMost(30),
    filing: atMost(60),
    uploads: atMost(120),
    // A whole town hall comes to work behind one address, and each sign-in is two requests. Keycloak counts passwords itself.
    // Two hundred who begin at once must all get in.
    signIn: atMost(1200),
    // Keycloak comes from one address, and tells of each login that ends, a whole town's in the evening.
    backChannel: atMost(6000),
    // A page saves at each pause of its writer; a program that fills the disk with drafts does not pause.
    drafts: atMost(600),
    // A receipt is drawn anew each time, which takes the processor a good part of a second.
    papers: atMost(60),
  }
}

function atMost(times: number): Step {
  const limiter = new RateLimiterMemory({ points: times, duration: 60 })
  return async (ctx, next) => {
    try {
      await limiter.consume(networkOf(ctx.ip))
    } catch (thrown) {
      if (!(thrown instanceof RateLimiterRes)) throw thrown
      refuse('not-allowed', 'too-many-attempts', { seconds: Math.ceil(thrown.msBeforeNext / 1000) })
    }
    await next()
  }
}

/** An address of IPv4 stands for itself. Of IPv6 every household is given a /64, so the first four groups name the visitor. */
export function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (v4) return v4
  const [before = [], after = []] = ip.split('::').map((half) => half.split(':').filter(Boolean))
  const groups = [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after]
  return groups.slice(0, 4).map((group) => parseInt(group, 16).toString(16)).join(':')
}
