/** What happens when a moment has come. Each looks again first: an entry of the due queue may be out of date. */
import { nextOfCycle } from '../behaviors/timers.ts'
import { NO_VARIABLES } from '../behaviors/variables.ts'
import { Lifecycle } from '../elements/lifecycle.ts'
import { trigger } from '../elements/triggering.ts'
import { eventOf, staysOpen } from '../state/instance.ts'
import type { DueRow } from '../store/store.ts'
import type { Command } from './command.ts'
import { startInstance } from './startInstance.ts'

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
      const next = staysOpen(event) ? nextOfCycle(timer, decision.nowMs) : undefined
      decision.record({ type: 'timer-triggered', instance, element, timer, next })
      const lifecycle = new Lifecycle(decision, instance)
      trigger(lifecycle, element, timer.nodeId, () => undefined)
      lifecycle.run()
      return
    }
  },
}

export const triggerStartTimer: Command<DueRow, void> = {
  intent: 'TRIGGER_START',
  needs: ({ owner }) => ({ models: [owner] }),

  decide({ key, owner }, decision) {
    const row = decision.state.startTimer(key)
    if (!row || row.dueAt > decision.nowMs) return
    const { definitions } = decision.state
    const event = definitions.model(owner)!.root.timerStarts.find((each) => each.id === row.elementId)!
    decision.record({ type: 'start-timer-triggered', row, next: nextOfCycle(row, decision.nowMs) })
    startInstance(decision, { definition: definitions.byKey(owner)!, event, variables: NO_VARIABLES })
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

export const dueCommands = {
  job: returnDueJob, timer: triggerDueTimer, message: expireMessage, 'start-timer': triggerStartTimer,
} as const
