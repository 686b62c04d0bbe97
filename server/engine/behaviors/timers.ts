import type { Timer } from '../model/executable.ts'
import { afterDuration, cycleOf, momentOf } from '../model/isoTime.ts'
import type { WaitingTimer } from '../state/instance.ts'
import type { FeelScope } from '../../rules/feel/index.ts'
import type { Decision } from './decision.ts'
import { temporalTextOf } from './expressions.ts'
import { Failure } from './failure.ts'

/** When a timer is due that begins to run now. */
export function planTimer(decision: Decision, nodeId: string, timer: Timer, scope: FeelScope): WaitingTimer | Failure {
  const text = temporalTextOf(timer.source, scope)
  if (text instanceof Failure) return text
  const plan = plans[timer.kind](text.trim(), decision.nowMs)
  return plan
    ? { key: decision.nextKey(), nodeId, ...plan }
    : new Failure('EXTRACT_VALUE_ERROR', `Invalid ${timer.kind} format '${text}' for expression '${timer.source.text}'`)
}

/** The same timer at its next moment, if its cycle goes on. Counted from the planned moment, so delays do not add up. */
export function nextOfCycle({ period, timesLeft, ...timer }: WaitingTimer): WaitingTimer | undefined {
  if (period === undefined || timesLeft === undefined || timesLeft === 0) return undefined
  return { ...timer, period, timesLeft: timesLeft === null ? null : timesLeft - 1, dueAt: afterDuration(timer.dueAt, period)! }
}

type Plan = Pick<WaitingTimer, 'dueAt' | 'period' | 'timesLeft'>

const plans: Record<Timer['kind'], (text: string, nowMs: number) => Plan | undefined> = {
  date: (text) => due(momentOf(text)),
  duration: (text, nowMs) => due(afterDuration(nowMs, text)),
  cycle(text, nowMs) {
    const cycle = cycleOf(text)
    if (!cycle || cycle.times === 0) return undefined
    const dueAt = cycle.startMs ?? afterDuration(nowMs, cycle.period)!
    return { dueAt, period: cycle.period, timesLeft: cycle.times === undefined ? null : cycle.times - 1 }
  },
}

function due(dueAt: number | undefined): Plan | undefined {
  return dueAt === undefined ? undefined : { dueAt }
}
