import { decimal } from './decimals.ts'
import { weekday } from './temporal/calendar.ts'
import { clockOf } from './temporal/dateTime.ts'
import type { FeelDate, Place } from './temporal/dateTime.ts'
import { DaysTimeDuration, NANOS_PER_SECOND } from './temporal/durations.ts'
import type { YearsMonthsDuration } from './temporal/durations.ts'
import { isContext, isDate, isDateTime, isDaysTimeDuration, isList, isRange, isTime, isYearsMonthsDuration } from './values.ts'
import type { FeelRange, FeelValue, Run } from './values.ts'

/** What `value.name` gives: a context's entry, of a list that of each item, of a temporal value its part; null where there is none. */
export function member(value: FeelValue, name: string, run: Run): FeelValue {
  if (isContext(value)) return value.get(name) ?? null
  if (isList(value)) {
    run.step(value.length)
    return value.map((item) => member(item, name, run))
  }
  if (isDate(value)) return dateMembers[name]?.(value) ?? null
  if (isDateTime(value)) {
    return dateMembers[name]?.(value.date) ?? clockMembers[name]?.(value.nanos) ?? placeMembers[name]?.(value.place) ?? null
  }
  if (isTime(value)) return clockMembers[name]?.(value.nanos) ?? placeMembers[name]?.(value.place) ?? null
  if (isDaysTimeDuration(value)) return daysTimeMembers[name]?.(value) ?? null
  if (isYearsMonthsDuration(value)) return yearsMonthsMembers[name]?.(value) ?? null
  if (isRange(value)) return rangeMembers[name]?.(value) ?? null
  return null
}

type Members<T> = Readonly<Record<string, (of: T) => FeelValue>>

const dateMembers: Members<FeelDate> = table({
  year: (date) => decimal(date.year),
  month: (date) => decimal(date.month),
  day: (date) => decimal(date.day),
  weekday: (date) => decimal(weekday(date.epochDay)),
})

const clockMembers: Members<number> = table({
  hour: (nanos) => decimal(clockOf(nanos).hour),
  minute: (nanos) => decimal(clockOf(nanos).minute),
  second: (nanos) => decimal(clockOf(nanos).second),
})

const placeMembers: Members<Place | null> = table({
  'time offset': (place) => place && new DaysTimeDuration(BigInt(place.offsetSeconds) * NANOS_PER_SECOND),
  timezone: (place) => place && place.zone,
})

const daysTimeMembers: Members<DaysTimeDuration> = table({
  days: (duration) => decimal(duration.parts().days),
  hours: (duration) => decimal(duration.parts().hours),
  minutes: (duration) => decimal(duration.parts().minutes),
  seconds: (duration) => decimal(duration.parts().seconds),
})

const yearsMonthsMembers: Members<YearsMonthsDuration> = table({
  years: (duration) => decimal(Math.trunc(duration.months / 12)),
  months: (duration) => decimal(duration.months % 12),
})

const rangeMembers: Members<FeelRange> = table({
  start: (range) => range.low,
  end: (range) => range.high,
  'start included': (range) => range.lowIncluded,
  'end included': (range) => range.highIncluded,
})

// Without a prototype, so that `x.constructor` in an expression finds nothing.
function table<T>(members: Members<T>): Members<T> {
  return Object.assign(Object.create(null), members)
}
