import type { Deadline } from '../../../server/http/contract/cases.ts'
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
  const pauses = deadline.suspensions.map(({ from, to }) => ({ from: part(Date.parse(from)), length: part(Date.parse(to)) - part(Date.parse(from)) }))
  const at = part(seen)
  const today = dayOf(deadline.endedAt ?? now, timeZone)
  if (deadline.endedAt) return { word: 'took', tone: 'calm', days: Math.max(1, daysBetween(dayOf(deadline.startsAt, timeZone), today)), at, pauses }
  if (deadline.suspendedSince) {
    const since = dayOf(deadline.suspendedSince, timeZone)
    const from = part(Date.parse(deadline.suspendedSince))
    return { word: 'standing', tone: 'pause', days: Math.max(1, daysBetween(since, today)), at: from, pauses: [...pauses, { from, length: at - from }] }
  }
  const left = daysBetween(today, deadline.dueOn)
  if (left < 0 || seen > due) return { word: 'late', tone: 'late', days: Math.max(1, -left), at: 1, pauses }
  // From four fifths of the term on, or on its last day, the badge asks for attention.
  const tone = at >= 0.8 || left === 0 ? 'soon' : 'calm'
  return left === 0 ? { word: 'today', tone, days: 0, at, pauses } : { word: 'left', tone, days: left, at, pauses }
}
