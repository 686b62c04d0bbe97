import { civil, daysInMonth, epochDay } from './calendar.ts'
import { DaysTimeDuration, NANOS_PER_SECOND } from './durations.ts'
import { offsetAt, offsetOfLocal } from './zones.ts'

export const NANOS_PER_DAY = 86_400n * NANOS_PER_SECOND

const DAY_NANOS = 86_400_000_000_000

/** Where a time is meant: nowhere in particular, at an offset, or in a zone whose offset at that moment is kept beside its name. */
export interface Place {
  readonly offsetSeconds: number
  readonly zone: string | null
}

/** A day of the calendar, "2026-11-24". */
export class FeelDate {
  constructor(
    readonly year: number,
    readonly month: number,
    readonly day: number,
  ) {}

  static ofEpochDay(day: number): FeelDate {
    const date = civil(day)
    return new FeelDate(date.year, date.month, date.day)
  }

  get epochDay(): number {
    return epochDay(this.year, this.month, this.day)
  }

  /** The same day of a later month, or that month's last day where it is shorter. */
  plusMonths(months: number): FeelDate {
    const total = this.year * 12 + this.month - 1 + months
    const year = Math.floor(total / 12)
    const month = total - year * 12 + 1
    return new FeelDate(year, month, Math.min(this.day, daysInMonth(year, month)))
  }

  /** Days are counted from midnight: 23 hours more is still the same day. */
  plusDuration(duration: DaysTimeDuration): FeelDate {
    return FeelDate.ofEpochDay(this.epochDay + Number(floorDivide(duration.nanos, NANOS_PER_DAY)))
  }

  toString(): string {
    const year = Math.abs(this.year).toString().padStart(4, '0')
    const sign = this.year < 0 ? '-' : year.length > 4 ? '+' : ''
    return `${sign}${year}-${two(this.month)}-${two(this.day)}`
  }

  toJSON(): string {
    return this.toString()
  }
}

/** A time of day, with or without a place: "10:30:00", "10:30:00+01:00", "10:30:00@Europe/Belgrade". */
export class FeelTime {
  constructor(
    /** Nanoseconds since midnight. */
    readonly nanos: number,
    readonly place: Place | null = null,
  ) {}

  /** The time after `duration`, going around midnight. */
  plusDuration(duration: DaysTimeDuration): FeelTime {
    const total = BigInt(this.nanos) + duration.nanos
    return new FeelTime(Number(total - floorDivide(total, NANOS_PER_DAY) * NANOS_PER_DAY), this.place)
  }

  /** Nanoseconds since midnight in Greenwich for a time with a place; for one without, since its own midnight. */
  get instant(): number {
    return this.nanos - (this.place?.offsetSeconds ?? 0) * 1e9
  }

  toString(): string {
    return timeText(this.nanos) + placeText(this.place)
  }

  toJSON(): string {
    return this.toString()
  }
}

/** A moment, or without a place a moment of the local clock: "2026-11-24T10:30:00@Europe/Belgrade". */
export class FeelDateTime {
  constructor(
    readonly date: FeelDate,
    /** Nanoseconds since midnight. */
    readonly nanos: number,
    readonly place: Place | null = null,
  ) {}

  /** The moment a local clock in `zone` shows this date and time. */
  static inZone(date: FeelDate, nanos: number, zone: string, preferredOffset?: number): FeelDateTime {
    const localMs = date.epochDay * 86_400_000 + Math.floor(nanos / 1e6)
    const offsetSeconds = offsetOfLocal(zone, localMs, preferredOffset)
    const instant = BigInt(date.epochDay) * NANOS_PER_DAY + BigInt(nanos) - BigInt(offsetSeconds) * NANOS_PER_SECOND
    return FeelDateTime.ofInstant(instant, { offsetSeconds, zone })
  }

  /** A moment in nanoseconds since 1970-01-01T00:00Z, as the clock at `place` shows it. */
  static ofInstant(instant: bigint, place: Place): FeelDateTime {
    const offsetSeconds = place.zone === null ? place.offsetSeconds : offsetAt(place.zone, Number(floorDivide(instant, 1_000_000n)))
    const local = instant + BigInt(offsetSeconds) * NANOS_PER_SECOND
    const day = floorDivide(local, NANOS_PER_DAY)
    return new FeelDateTime(FeelDate.ofEpochDay(Number(day)), Number(local - day * NANOS_PER_DAY), { offsetSeconds, zone: place.zone })
  }

  /** Nanoseconds since 1970-01-01T00:00Z; without a place, as if the local clock showed Greenwich time. */
  get instant(): bigint {
    return BigInt(this.date.epochDay) * NANOS_PER_DAY + BigInt(this.nanos) - BigInt(this.place?.offsetSeconds ?? 0) * NANOS_PER_SECOND
  }

  /** Its time of day, at the offset of that day: a time alone does not know when its zone changes. */
  get time(): FeelTime {
    return new FeelTime(this.nanos, this.place && { offsetSeconds: this.place.offsetSeconds, zone: null })
  }

  /** Exactly so much later. */
  plusDuration(duration: DaysTimeDuration): FeelDateTime {
    if (this.place) return FeelDateTime.ofInstant(this.instant + duration.nanos, this.place)
    const { date, nanos } = FeelDateTime.ofInstant(this.instant + duration.nanos, { offsetSeconds: 0, zone: null })
    return new FeelDateTime(date, nanos)
  }

  /** The same time of the local clock, months later. */
  plusMonths(months: number): FeelDateTime {
    const date = this.date.plusMonths(months)
    if (!this.place?.zone) return new FeelDateTime(date, this.nanos, this.place)
    return FeelDateTime.inZone(date, this.nanos, this.place.zone, this.place.offsetSeconds)
  }

  toString(): string {
    return `${this.date.toString()}T${timeText(this.nanos)}${placeText(this.place)}`
  }

  toJSON(): string {
    return this.toString()
  }
}

/** Hour, minute, second and nanosecond of a time of day. */
export function clockOf(nanos: number): { hour: number; minute: number; second: number; nano: number } {
  const seconds = Math.floor((nanos % DAY_NANOS) / 1e9)
  return { hour: Math.floor(seconds / 3600), minute: Math.floor(seconds / 60) % 60, second: seconds % 60, nano: nanos % 1e9 }
}

/** Seconds as an offset is written: "Z", "+01:00", "-03:30". */
export function offsetText(seconds: number): string {
  if (seconds === 0) return 'Z'
  const size = Math.abs(seconds)
  const rest = size % 60
  return `${seconds < 0 ? '-' : '+'}${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}${rest ? `:${two(rest)}` : ''}`
}

/** Division that rounds towards the past, also before 1970. */
export function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor
  return dividend % divisor < 0n ? quotient - 1n : quotient
}

function placeText(place: Place | null): string {
  if (!place) return ''
  return place.zone === null ? offsetText(place.offsetSeconds) : `@${place.zone}`
}

function timeText(nanos: number): string {
  const { hour, minute, second, nano } = clockOf(nanos)
  const fraction = nano === 0 ? '' : '.' + nano.toString().padStart(9, '0').replace(/0+$/, '')
  return `${two(hour)}:${two(minute)}:${two(second)}${fraction}`
}

function two(value: number): string {
  return value.toString().padStart(2, '0')
}
