import type { Deadline } from '../../../server/http/contract/cases.ts'
import { termMoments } from '../../../server/rules/termMoments.ts'
import { dayOf, daysBetween } from './dates.ts'

/** How a term stands: its tone, the days that matter for the sentence, and where the line is filled and hatched (0 to 1). */
export interface TermState {
  /** The sentence is `deadline.<word>`, counted by `days`. */
  word: 'left' | 'today' | 'late' | 'standing' | 'took'
  tone: 'calm' | 'soon' | 'late' | 'pause'
  days: number
  at: number
  pauses: { from: number; length: number }[]
}

/** Reads a term at an instant. Days are the town's calendar days; a finished case only tells how long it took. */
export function termState(deadline: Deadline, now: string, timeZone: string): TermState {
  const start = Date.parse(deadline.startsAt)
  const due = Date.parse(deadline.dueAt)
  const seen = Date.parse(deadline.endedAt ?? now)
  const whole = Math.max(due, deadline.suspendedSince ? seen : due) - start
  const part = (instant: number): number => (whole <= 0 ? 1 : Math.min(1, Math.max(0, (instant - start) / whole)))
  const at = (instant: string): number => part(Date.parse(instant))
  const pauses = deadline.suspensions.map(({ from, to }) => ({ from: at(from), length: at(to) - at(from) }))
  const reached = part(seen)
  const today = dayOf(deadline.endedAt ?? now, timeZone)
  if (deadline.endedAt) {
    const days = Math.max(1, daysBetween(dayOf(deadline.startsAt, timeZone), today))
    return { word: 'took', tone: 'calm', days, at: reached, pauses }
  }
  if (deadline.suspendedSince) {
    const days = Math.max(1, daysBetween(dayOf(deadline.suspendedSince, timeZone), today))
    const from = at(deadline.suspendedSince)
    return { word: 'standing', tone: 'pause', days, at: from, pauses: [...pauses, { from, length: reached - from }] }
  }
  const left = daysBetween(today, deadline.dueOn)
  if (left < 0 || seen > due) return { word: 'late', tone: 'late', days: Math.max(1, -left), at: 1, pauses }
  // From four fifths of the term on, or on its last day, the badge asks for attention.
  const stood = deadline.suspensions.map(({ from, to }) => ({ fromMs: Date.parse(from), toMs: Date.parse(to) }))
  const tone = seen >= termMoments(start, due, stood).soonMs || left === 0 ? 'soon' : 'calm'
  return left === 0 ? { word: 'today', tone, days: 0, at: reached, pauses } : { word: 'left', tone, days: left, at: reached, pauses }
}
