import { decimal } from '../decimals.ts'
import { daysInMonth, epochDay, isoWeek, weekday } from '../temporal/calendar.ts'
import { FeelDate, FeelDateTime } from '../temporal/dateTime.ts'
import { YearsMonthsDuration } from '../temporal/durations.ts'
import type { Run } from '../values.ts'
import { day, daysTime, number, way, yearsMonths } from './builtIn.ts'
import type { BuiltIn } from './builtIn.ts'

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MONTHS = 'January February March April May June July August September October November December'.split(' ')

/** Functions on dates and the present moment, which is told in UTC: the server's own zone must not decide a deadline. */
export const temporalFunctions: Readonly<Record<string, BuiltIn>> = {
  now: [way([], (run) => present(run))],
  today: [way([], (run) => present(run).date)],
  'day of week': [way([day('date')], (date) => WEEKDAYS[weekday(dateOf(date).epochDay) - 1] ?? null)],
  'day of year': [way([day('date')], (date) => decimal(dateOf(date).epochDay - epochDay(dateOf(date).year, 1, 1) + 1))],
  'week of year': [way([day('date')], (date) => decimal(isoWeek(dateOf(date).epochDay)))],
  'month of year': [way([day('date')], (date) => MONTHS[dateOf(date).month - 1] ?? null)],
  'last day of month': [
    way([day('date')], (date) => {
      const { year, month } = dateOf(date)
      return new FeelDate(year, month, daysInMonth(year, month))
    }),
  ],
  // Zeebe's own, for timers: the text of a repetition, for ever where it is not told how often.
  cycle: [
    way([daysTime('interval')], (interval) => `R/${interval}`),
    way([yearsMonths('interval')], (interval) => `R/${interval}`),
    way([number('repetitions'), daysTime('interval')], (repetitions, interval) => `R${repetitions}/${interval}`),
    way([number('repetitions'), yearsMonths('interval')], (repetitions, interval) => `R${repetitions}/${interval}`),
  ],
  'years and months duration': [way([day('from'), day('to')], (from, to) => between(dateOf(from), dateOf(to)))],
}

/** The moment of this evaluation, in UTC. */
export function present(run: Run): FeelDateTime {
  return FeelDateTime.ofInstant(BigInt(Math.floor(run.nowMs)) * 1_000_000n, { offsetSeconds: 0, zone: null })
}

/** The day of a date, or of a date and time. */
export function dateOf(value: FeelDate | FeelDateTime): FeelDate {
  return value instanceof FeelDateTime ? value.date : value
}

// Whole months only, as java.time counts them: a month is full once its day of month is reached again.
function between(from: FeelDate, to: FeelDate): YearsMonthsDuration {
  const months = (to.year - from.year) * 12 + to.month - from.month
  if (months > 0 && to.day < from.day) return new YearsMonthsDuration(months - 1)
  if (months < 0 && to.day > from.day) return new YearsMonthsDuration(months + 1)
  return new YearsMonthsDuration(months)
}

