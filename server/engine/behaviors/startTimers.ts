import type { FeelScope } from '../../rules/feel/index.ts'
import type { Key } from '../key.ts'
import type { Process } from '../model/executable.ts'
import type { Decision } from './decision.ts'
import { Failure } from './failure.ts'
import { scheduleOf, type Schedule } from './timers.ts'

/** When a process begins by itself, by start event. */
export type StartSchedules = ReadonlyMap<string, Schedule>

/** Evaluates the timers of the start events, which see no variables. The failure names the element. */
export function planStartTimers({ nowMs }: Decision, { timerStarts }: Process): StartSchedules | Failure {
  const scope: FeelScope = { now: () => nowMs, get: () => undefined }
  const plan = new Map<string, Schedule>()
  for (const { id, timer } of timerStarts) {
    const schedule = scheduleOf(timer!, scope, nowMs)
    if (schedule instanceof Failure) return new Failure(schedule.type, `Element: ${id} > StartEvent: ${schedule.message}`)
    plan.set(id, schedule)
  }
  return plan
}

/** A version becomes the latest, so its timers begin to run. */
export function openStartTimers(decision: Decision, definitionKey: Key, plan: StartSchedules): void {
  for (const [elementId, { dueAt, period = '', timesLeft = null }] of plan) {
    decision.record({ type: 'start-timer-created', row: { key: decision.nextKey(), definitionKey, elementId, dueAt, period, timesLeft } })
  }
}

/** A version is the latest no more. */
export function closeStartTimers(decision: Decision, definitionKey: Key): void {
  for (const row of decision.state.startTimersOf(definitionKey)) decision.record({ type: 'start-timer-canceled', row })
}
