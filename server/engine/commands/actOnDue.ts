/** What happens when a moment has come. Each looks again first: an entry of the due queue may be out of date. */
import { nextOfCycle } from '../behaviors/timers.ts'
import { Lifecycle } from '../elements/lifecycle.ts'
import { eventOf, staysOpen } from '../state/instance.ts'
import type { DueRow } from '../store/store.ts'
import type { Command } from './command.ts'

/** An activation that has run out, or a back-off that is over: the job may be taken again, its retries unchanged. */
export const returnDueJob: Command<DueRow, void> = {
  intent: 'TIME_OUT',
  needs: ({ owner }) => ({ instances: [owner] }),

  decide({ key }, decision) {
    const job = decision.state.job(key)
    if (!job || job.dueAt === null || job.dueAt > decision.nowMs) return
    decision.record({ type: 'job-returned', job, ready: decision.nextKey() })
  },
}

export const triggerDueTimer: Command<DueRow, void> = {
  intent: 'TRIGGER',
  needs: ({ owner }) => ({ instances: [owner] }),

  decide({ key, owner }, decision) {
    const instance = decision.state.instance(owner)
    if (!instance) return
    for (const element of instance.elements.values()) {
      const timer = element.timers.find((each) => each.key === key)
      if (!timer || timer.dueAt > decision.nowMs) continue
      const event = eventOf(element, timer.nodeId)!
      decision.record({ type: 'timer-triggered', instance, element, timer, next: staysOpen(event) ? nextOfCycle(timer) : undefined })
      const lifecycle = new Lifecycle(decision, instance)
      lifecycle.trigger(element, timer.nodeId, () => undefined)
      lifecycle.run()
      return
    }
  },
}

export const expireMessage: Command<DueRow, void> = {
  intent: 'EXPIRE',
  needs: ({ owner }) => ({ correlationKeys: [owner] }),

  decide({ key, owner }, decision) {
    const message = decision.state.correlation(owner)!.messages.get(key)
    if (message && message.dueAt <= decision.nowMs) decision.record({ type: 'message-expired', message })
  },
}

export const dueCommands = { job: returnDueJob, timer: triggerDueTimer, message: expireMessage } as const
