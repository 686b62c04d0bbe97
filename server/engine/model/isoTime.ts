import { DateTime, Duration } from 'luxon'

/** A repetition: so many times (undefined is for ever), one period apart, perhaps from a moment on. */
export interface Cycle {
  times?: number
  startMs?: number
  period: string
}

const ZONE = /\[([^\]]+)\]$/

/** Moment of an ISO date-time, which must carry an offset or a zone; milliseconds since 1970, or undefined. */
export function momentOf(text: string): number | undefined {
  const zone = ZONE.exec(text)?.[1]
  const plain = text.replace(ZONE, '')
  const hasOffset = /(Z|[+-]\d{2}(:?\d{2})?)$/i.test(plain) && plain.includes('T')
  if (!hasOffset && !zone) return undefined
  const moment = DateTime.fromISO(plain, hasOffset ? { setZone: true } : { zone })
  return moment.isValid ? moment.toMillis() : undefined
}

/** The moment one duration after another; months and years by the calendar, in UTC. Undefined if the text is no duration. */
export function afterDuration(fromMs: number, text: string): number | undefined {
  const isNegative = text.startsWith('-')
  const duration = Duration.fromISO(isNegative ? text.slice(1) : text)
  if (!duration.isValid) return undefined
  return DateTime.fromMillis(fromMs, { zone: 'utc' }).plus(isNegative ? duration.negate() : duration).toMillis()
}

/** Reads `R3/PT1H`, `R/P1D` and `R3/<moment>/P1D`. */
export function cycleOf(text: string): Cycle | undefined {
  const parts = text.split('/')
  const count = /^R(\d*)$/.exec(parts[0]!)
  if (!count || parts.length < 2 || parts.length > 3) return undefined
  const period = parts.at(-1)!
  const startMs = parts.length === 3 ? momentOf(parts[1]!) : undefined
  if (parts.length === 3 && startMs === undefined) return undefined
  const step = afterDuration(0, period)
  if (step === undefined || step <= 0) return undefined
  return { times: count[1] ? Number(count[1]) : undefined, startMs, period }
}

export const isMoment = (text: string): boolean => momentOf(text) !== undefined
export const isDuration = (text: string): boolean => afterDuration(0, text) !== undefined
export const isCycle = (text: string): boolean => cycleOf(text) !== undefined
