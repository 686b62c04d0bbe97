import { noteRefusedTries, type RefusedTries } from '../../cases/noteRefusedTries.ts'
import { systemActor } from '../../identity/actor.ts'
import type { Asked, Neighbors } from '../web.ts'
import { networkOf } from './attempts.ts'

/** Refusals behind which somebody may be trying keys. Each alone is somebody's slip of the finger. */
const watched: ReadonlySet<string> = new Set([
  'number-or-code-wrong', 'too-many-attempts', 'sign-in-failed', 'sign-in-expired', 'no-access-here', 'form-token-wrong', 'level-too-low',
  'call-not-signed',
])
const minuteMs = 60_000
/** More than these are a crowd all the same. */
const mostNetworks = 10_000

/** Notes a refusal if it is one of those that are watched. */
export type CountRefusal = (ctx: Asked, code: string) => void

/**
 * Counts refused tries, and a minute after the first of a kind writes them down: a line in the log, and an entry in the
 * town's audit where a town was named. Ten thousand tries are one entry, so that nobody floods the audit by trying.
 */
export function countRefusals({ clock, log, contextFor }: Pick<Neighbors, 'clock' | 'log' | 'contextFor'>): CountRefusal {
  const counting = new Map<string, { times: number; networks: Set<string> }>()

  const writeDown = async (key: string, tenantId: string | undefined, code: string): Promise<void> => {
    const { times, networks } = counting.get(key)!
    counting.delete(key)
    const tries: RefusedTries = { code, times, networks: networks.size }
    log.warn('tries-refused', { ...tries, ...(tenantId && { tenant: tenantId }) })
    if (tenantId) await noteRefusedTries(contextFor(tenantId, systemActor('door')), tries)
  }

  return (ctx, code) => {
    if (!watched.has(code)) return
    const tenantId = ctx.town?.id
    const key = `${tenantId ?? ''} ${code}`
    const known = counting.get(key)
    const count = known ?? { times: 0, networks: new Set<string>() }
    count.times++
    if (count.networks.size < mostNetworks) count.networks.add(networkOf(ctx.ip))
    if (known) return
    counting.set(key, count)
    clock.at(clock.now() + minuteMs, () => {
      writeDown(key, tenantId, code).catch((error: unknown) => log.error('tries-not-noted', { error, code }))
    })
  }
}
