import { DateTime, Duration } from 'luxon'

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

/**
 * The moment one duration after another; months and years by the calendar, in UTC. Undefined if the text is no duration, or
 * leads beyond what a calendar holds.
 */
export function afterDuration(fromMs: number, text: string): number | undefined {
  const isNegative = text.startsWith('-')
  const duration = Duration.fromISO(isNegative ? text.slice(1) : text)
  if (!duration.isValid) return undefined
  const moment = DateTime.fromMillis(fromMs, { zone: 'utc' }).plus(isNegative ? duration.negate() : duration)
  return moment.isValid ? moment.toMillis() : undefined
}

export const isMoment = (text: string): boolean => momentOf(text) !== undefined
export const isDuration = (text: string): boolean => afterDuration(0, text) !== undefined
