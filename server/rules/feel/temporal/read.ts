import { dialects } from '../dialects.ts'
import type { Dialect } from '../dialects.ts'
import type { Run } from '../values.ts'
import { daysInMonth } from './calendar.ts'
import { readDuration } from './durations.ts'
import type { DaysTimeDuration, YearsMonthsDuration } from './durations.ts'
import { FeelDate, FeelDateTime, FeelTime } from './dateTime.ts'
import type { Place } from './dateTime.ts'
import { isZone, offsetAt } from './zones.ts'

const DATE = /^([-+]?)(\d{4,9})-(\d{2})-(\d{2})$/
const TIME = /^T?(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|z|[-+]\d{2}:\d{2}(?::\d{2})?)?(?:@([A-Za-z][A-Za-z0-9_+\-/]*))?$/

const MAX_OFFSET_SECONDS = 18 * 3600
const DAY_NANOS = 86_400_000_000_000

/**
 * Reads "2024-02-29". A day past its month's end (but not past 31) becomes that month's last, as the reference implementation has it;
 * in the standard it is no date.
 */
export function readDate(text: string, dialect: Dialect = dialects.camunda): FeelDate | null {
  const found = DATE.exec(text)
  if (!found) return null
  const [, sign, digits = '', monthText, dayText] = found
  if (digits.length > 4 && digits.startsWith('0')) return null
  const year = sign === '-' ? -Number(digits) : Number(digits)
  const month = Number(monthText)
  const day = Number(dayText)
  if (month < 1 || month > 12 || day < 1 || day > 31) return null
  const last = daysInMonth(year, month)
  if (dialect.strictTimes && (day > last || sign === '+')) return null
  return new FeelDate(year, month, Math.min(day, last))
}

/** Reads "10:30", "10:30:15.5Z", "10:30:00+01:00", "10:30:00@Europe/Belgrade" (the zone's offset is today's, `nowMs`). */
export function readTime(text: string, nowMs: number, dialect: Dialect = dialects.camunda): FeelTime | null {
  const found = clock(text, dialect)
  if (!found || found.nanos === DAY_NANOS) return null
  const { nanos, offsetSeconds, zone } = found
  if (zone !== null) return new FeelTime(nanos, { offsetSeconds: offsetAt(zone, nowMs), zone })
  return new FeelTime(nanos, offsetSeconds === null ? null : { offsetSeconds, zone: null })
}

/** Reads "2024-01-31T10:00:00" with an offset, a zone or none; a date alone means its midnight. */
export function readDateTime(text: string, dialect: Dialect = dialects.camunda): FeelDateTime | null {
  const middle = text.indexOf('T', 1)
  const date = readDate(middle < 0 ? text : text.slice(0, middle), dialect)
  if (!date) return null
  if (middle < 0) return new FeelDateTime(date, 0)
  const time = clock(text.slice(middle + 1), dialect)
  if (!time) return null
  const { nanos, offsetSeconds, zone } = time
  // 24:00 is the next day's midnight
  const [day, dayNanos] = nanos === DAY_NANOS ? [FeelDate.ofEpochDay(date.epochDay + 1), 0] : [date, nanos]
  if (zone !== null) return FeelDateTime.inZone(day, dayNanos, zone)
  const place: Place | null = offsetSeconds === null ? null : { offsetSeconds, zone: null }
  return new FeelDateTime(day, dayNanos, place)
}

/** Reads any temporal text of an at-literal: a date, a time, a date and time or a duration. */
export function readTemporal(
  text: string,
  { nowMs, dialect }: Pick<Run, 'nowMs' | 'dialect'>,
): FeelDate | FeelTime | FeelDateTime | DaysTimeDuration | YearsMonthsDuration | null {
  if (/^-?P/.test(text)) return readDuration(text)
  return readDate(text, dialect) ?? (text.includes('T', 1) ? readDateTime(text, dialect) : null) ?? readTime(text, nowMs, dialect)
}

function clock(text: string, dialect: Dialect): { nanos: number; offsetSeconds: number | null; zone: string | null } | null {
  const found = TIME.exec(text)
  if (!found) return null
  const [, hour, minute, second = '0', fraction = '', offset, zone] = found
  if (dialect.strictTimes && found[3] === undefined) return null
  if (offset !== undefined && zone !== undefined) return null
  if (zone !== undefined && !isZone(zone)) return null
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second)
  if (Number(minute) > 59 || Number(second) > 59 || seconds > 86_400) return null
  const offsetSeconds = offset === undefined ? null : offsetFrom(offset)
  if (offsetSeconds !== null && Math.abs(offsetSeconds) > MAX_OFFSET_SECONDS) return null
  const nanos = seconds * 1e9 + Number(fraction.padEnd(9, '0'))
  return nanos > DAY_NANOS ? null : { nanos, offsetSeconds, zone: zone ?? null }
}

function offsetFrom(text: string): number {
  if (text === 'Z' || text === 'z') return 0
  const [hours = 0, minutes = 0, seconds = 0] = text.slice(1).split(':').map(Number)
  return (text.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds)
}
