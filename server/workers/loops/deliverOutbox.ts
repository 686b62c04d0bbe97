import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { automaticContext, type ContextFor } from '../../cases/contextFor.ts'
import { deliverNext } from '../../cases/deliverNext.ts'
import type { OutboxPayload } from '../../cases/outbox.ts'

export interface OutboxLoop {
  /** There is something to deliver: looks at once, without waiting for the next tick. */
  wake(): void
  /** Resolves when nothing that is due is left and nothing is under way. */
  idle(): Promise<void>
  close(): Promise<void>
}

interface OutboxOptions {
  /** Which towns have something due at this moment. */
  tenantsWithWork(atMs: number): Promise<string[]>
  contextFor: ContextFor
  /** Whether the engine has the town's procedures. A start message that comes before its process starts nothing, so it waits here. */
  isDeployed?(tenantId: string): boolean
  clock: Clock
  log: Log
}

// Mail and SMS have lanes of their own: a mail server that takes its time must not keep the next task from the inbox, and a gateway
// that hangs no mail.
const lanes: readonly Lane[] = [
  { kinds: ['publish-message', 'complete-job'], most: 4, isEngine: true },
  { kinds: ['send-message'], most: 2, isEngine: false },
  { kinds: ['send-sms'], most: 2, isEngine: false },
]

interface Lane {
  kinds: readonly OutboxPayload['kind'][]
  most: number
  isEngine: boolean
}

// Finds what other processes have written and what is due again; a verb of this process wakes the loop itself.
const tickMs = 1000

/** Delivers the outbox of every town, several entries at a time. */
export function startOutbox({ tenantsWithWork, contextFor, isDeployed = () => true, clock, log }: OutboxOptions): OutboxLoop {
  const running = new Map<string, Set<Promise<void>>>()
  let looking: Promise<void> | null = null
  let lookAgain = false
  let isClosed = false
  let cancel = (): void => undefined

  function wake(): void {
    if (isClosed) return
    if (looking) {
      lookAgain = true
      return
    }
    looking = look().finally(() => {
      looking = null
      if (lookAgain) {
        lookAgain = false
        wake()
      }
    })
  }

  async function look(): Promise<void> {
    cancel()
    const lookedAt = clock.now()
    try {
      for (const tenantId of await tenantsWithWork(lookedAt)) for (const lane of lanes) open(tenantId, lane)
    } catch (error) {
      log.warn('outbox-unreadable', { error })
    }
    if (!isClosed) cancel = clock.at(lookedAt + tickMs, wake)
  }

  /** Opens one more lane, unless all are open: each empties what it finds, so more wakes make more lanes. */
  function open(tenantId: string, { kinds, most, isEngine }: Lane): void {
    if (isEngine && !isDeployed(tenantId)) return
    const key = `${tenantId} ${kinds.join(' ')}`
    const open = running.get(key) ?? new Set()
    running.set(key, open)
    if (open.size >= most) return
    const lane = work(tenantId, kinds).finally(() => open.delete(lane))
    open.add(lane)
  }

  async function work(tenantId: string, kinds: readonly OutboxPayload['kind'][]): Promise<void> {
    try {
      const context = await automaticContext(contextFor, tenantId, 'deliver-outbox')
      while (!isClosed && (await deliverNext(context, kinds)));
    } catch (error) {
      log.warn('outbox-lane-failed', { tenant: tenantId, error })
    }
  }

  async function idle(): Promise<void> {
    for (;;) {
      const busy = [looking, ...[...running.values()].flatMap((open) => [...open])].filter((each) => each !== null)
      if (busy.length === 0) return
      await Promise.all(busy)
    }
  }

  wake()
  return {
    wake,
    idle,
    async close() {
      isClosed = true
      cancel()
      await idle()
    },
  }
}
