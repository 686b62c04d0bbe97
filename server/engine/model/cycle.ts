import { Duration } from 'luxon'
import { cronOf } from './cron.ts'
import { afterDuration, momentOf } from './isoTime.ts'

/** A repetition: so many times (undefined is for ever), perhaps from a moment on. */
export interface Cycle {
  readonly times?: number
  readonly startMs?: number
  /** An ISO duration from one time to the next, or a cron. */
  readonly period: string
}

/** Reads `R3/PT1H`, `R/P1D`, `R3/<moment>/P1D` and cron. Undefined if the text is neither, or would never happen. */
export function cycleOf(text: string): Cycle | undefined {
  if (text.startsWith('R')) return repetitionOf(text)
  return cronOf(text)?.next(0) === undefined ? undefined : { period: text }
}

/** When it happens first, for who begins to wait now: milliseconds since 1970, or undefined beyond what a calendar holds. */
export function firstMoment({ startMs, period }: Cycle, nowMs: number): number | undefined {
  return startMs ?? nextMoment(period, nowMs, nowMs)
}

/**
 * When it happens next, after it did so for the moment `plannedMs`. Counted from there, so that delays do not add up.
 * Moments that were missed meanwhile are left out: an engine that was away over night does not make up for each of them.
 */
export function nextMoment(period: string, plannedMs: number, nowMs: number): number | undefined {
  const cron = cronOf(period)
  if (cron) return cron.next(Math.max(plannedMs, nowMs))
  const { years, months } = Duration.fromISO(period)
  const stepMs = afterDuration(0, period)!
  if (years === 0 && months === 0) return plannedMs + stepMs * Math.max(Math.floor((nowMs - plannedMs) / stepMs) + 1, 1)
  let nextMs = afterDuration(plannedMs, period)
  while (nextMs !== undefined && nextMs <= nowMs) nextMs = afterDuration(nextMs, period)
  return nextMs
}

export const isCycle = (text: string): boolean => cycleOf(text) !== undefined

function repetitionOf(text: string): Cycle | undefined {
  // The name of a zone may hold a slash itself: R/2026-11-25T10:00[Europe/Belgrade]/P1D.
  const [, times, , start, period] = /^R(\d*)\/((.+)\/)?([^/]+)$/.exec(text) ?? []
  const stepMs = period === undefined ? undefined : afterDuration(0, period)
  const startMs = start === undefined ? undefined : momentOf(start)
  if (period === undefined || stepMs === undefined || stepMs <= 0 || (start !== undefined && startMs === undefined)) return undefined
  return { times: times ? Number(times) : undefined, startMs, period }
}
