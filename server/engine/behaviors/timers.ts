import type { Timer } from '../model/executable.ts'
import { cycleOf, firstMoment, nextMoment } from '../model/cycle.ts'
import { afterDuration, momentOf } from '../model/isoTime.ts'
import type { WaitingTimer } from '../state/instance.ts'
import type { FeelScope } from '../../rules/feel/index.ts'
import type { Decision } from './decision.ts'
import { temporalTextOf } from './expressions.ts'
import { Failure } from './failure.ts'

/** What a timer runs by, whether an element waits for it or a process begins with it. */
export type Schedule = Pick<WaitingTimer, 'dueAt' | 'period' | 'timesLeft'>

/** The timer of an element that begins to run now. */
export function planTimer(decision: Decision, nodeId: string, timer: Timer, scope: FeelScope): WaitingTimer | Failure {
  const schedule = scheduleOf(timer, scope, decision.nowMs)
  return schedule instanceof Failure ? schedule : { key: decision.nextKey(), nodeId, ...schedule }
}

/** When a timer is due that begins to run now. */
export function scheduleOf(timer: Timer, scope: FeelScope, nowMs: number): Schedule | Failure {
  const text = temporalTextOf(timer.source, scope)
  if (text instanceof Failure) return text
  return schedules[timer.kind](text.trim(), nowMs)
    ?? new Failure('EXTRACT_VALUE_ERROR', `Invalid ${timer.kind} format '${text}' for expression '${timer.source.text}'`)
}

/** The same timer at its next moment, if its cycle goes on. */
export function nextOfCycle<T extends Schedule>(timer: T, nowMs: number): T | undefined {
  const { dueAt, period, timesLeft } = timer
  if (!period || timesLeft === undefined || timesLeft === 0) return undefined
  const nextMs = nextMoment(period, dueAt, nowMs)
  return nextMs === undefined ? undefined : { ...timer, timesLeft: timesLeft === null ? null : timesLeft - 1, dueAt: nextMs }
}

const schedules: Record<Timer['kind'], (text: string, nowMs: number) => Schedule | undefined> = {
  date: (text) => due(momentOf(text)),
  duration: (text, nowMs) => due(afterDuration(nowMs, text)),
  cycle(text, nowMs) {
    const cycle = cycleOf(text)
    if (!cycle || cycle.times === 0) return undefined
    const dueAt = firstMoment(cycle, nowMs)
    return dueAt === undefined ? undefined : { dueAt, period: cycle.period, timesLeft: cycle.times === undefined ? null : cycle.times - 1 }
  },
}

function due(dueAt: number | undefined): Schedule | undefined {
  return dueAt === undefined ? undefined : { dueAt }
}
