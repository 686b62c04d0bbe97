/**
 * Cron with six fields as Spring reads it, which is what Zeebe takes: second, minute, hour, day of month, month, day of week,
 * in UTC. A moment has to match all six. Source: the documentation of Spring's `CronExpression`.
 */

/** The moments a cron names. */
export interface Cron {
  /** The first moment after this one, in milliseconds since 1970; undefined where the calendar has none (30 February). */
  next(afterMs: number): number | undefined
}

/** Reads `0 0 9 * * MON-FRI`, `0 0 0 LW * ?` and `@daily`. Undefined if the text is no cron. */
export function cronOf(text: string): Cron | undefined {
  const fields = (macros[text] ?? text).trim().split(/\s+/)
  if (fields.length !== 6) return undefined
  const seconds = numbersOf(fields[0]!, { first: 0, last: 59 })
  const minutes = numbersOf(fields[1]!, { first: 0, last: 59 })
  const hours = numbersOf(fields[2]!, { first: 0, last: 23 })
  const isDay = anyOf(fields[3]!, dayOfMonth)
  const months = numbersOf(fields[4]!, { first: 1, last: 12, names: MONTHS })
  const isWeekday = anyOf(fields[5]!, dayOfWeek)
  if (!seconds || !minutes || !hours || !isDay || !months || !isWeekday) return undefined
  const matches = (day: Day): boolean => months.includes(day.month) && isDay(day) && isWeekday(day)
  return { next: (afterMs) => nextMoment(afterMs, matches, { seconds, minutes, hours }) }
}

const macros: Record<string, string> = {
  '@yearly': '0 0 0 1 1 *',
  '@annually': '0 0 0 1 1 *',
  '@monthly': '0 0 0 1 * *',
  '@weekly': '0 0 0 * * 0',
  '@daily': '0 0 0 * * *',
  '@midnight': '0 0 0 * * *',
  '@hourly': '0 0 * * * *',
}

/** A day of the calendar. Months are 1 to 12, weekdays 0 (Sunday) to 6. */
interface Day {
  readonly dayOfMonth: number
  readonly month: number
  readonly weekday: number
  readonly daysInMonth: number
}

type DayTest = (day: Day) => boolean

interface Times {
  readonly seconds: number[]
  readonly minutes: number[]
  readonly hours: number[]
}

interface Limits {
  readonly first: number
  readonly last: number
  /** Names of the numbers from 1 on. */
  readonly names?: readonly string[]
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const WEEKDAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN']
const SATURDAY = 6
const SUNDAY = 0
const SECOND_MS = 1000
const DAY_MS = 86_400_000

// The rarest of all, 29 February on a given weekday, comes again after 40 years at the latest.
const MOST_DAYS = 41 * 366

function nextMoment(afterMs: number, matches: DayTest, times: Times): number | undefined {
  const fromMs = (Math.floor(afterMs / SECOND_MS) + 1) * SECOND_MS
  const firstDay = Math.floor(fromMs / DAY_MS) * DAY_MS
  for (let count = 0; count < MOST_DAYS; count++) {
    const startMs = firstDay + count * DAY_MS
    if (!matches(dayOf(startMs))) continue
    const timeMs = timeFrom(Math.max(fromMs - startMs, 0), times)
    if (timeMs !== undefined) return startMs + timeMs
  }
  return undefined
}

function dayOf(startMs: number): Day {
  const date = new Date(startMs)
  const daysInMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  return { dayOfMonth: date.getUTCDate(), month: date.getUTCMonth() + 1, weekday: date.getUTCDay(), daysInMonth }
}

/** The first time of the day, in milliseconds since midnight, that is not before `fromMs`. */
function timeFrom(fromMs: number, { hours, minutes, seconds }: Times): number | undefined {
  for (const hour of hours) {
    if ((hour + 1) * 3_600_000 <= fromMs) continue
    for (const minute of minutes) {
      const minuteMs = hour * 3_600_000 + minute * 60_000
      const second = seconds.find((each) => minuteMs + each * SECOND_MS >= fromMs)
      if (second !== undefined) return minuteMs + second * SECOND_MS
    }
  }
  return undefined
}

/** Reads `5`, `1-5`, `*`, each also with a step (`10/5`: from 10 on every fifth), and lists of them; in rising order. */
function numbersOf(field: string, limits: Limits): number[] | undefined {
  const numbers = new Set<number>()
  for (const part of field.split(',')) {
    const [range, step, ...rest] = part.split('/')
    const bounds = boundsOf(range!, limits, step !== undefined)
    const every = step === undefined ? 1 : numberOf(step, { first: 1, last: Infinity })
    if (!bounds || every === undefined || rest.length > 0) return undefined
    for (let number = bounds.from; number <= bounds.to; number += every) numbers.add(number)
  }
  return [...numbers].sort((a, b) => a - b)
}

// A number with a step is where the steps begin.
function boundsOf(range: string, limits: Limits, isOpen: boolean): { from: number; to: number } | undefined {
  if (range === '*') return { from: limits.first, to: limits.last }
  const [first, last, ...rest] = range.split('-')
  const from = numberOf(first!, limits)
  const to = last === undefined ? (isOpen ? limits.last : from) : numberOf(last, limits)
  if (from === undefined || to === undefined || rest.length > 0) return undefined
  if (from <= to) return { from, to }
  // Sunday is 7 and 0, so a week may begin with it: SUN-TUE.
  return limits.names === WEEKDAYS && from === 7 ? { from: 0, to } : undefined
}

function numberOf(text: string, { first, last, names = [] }: Limits): number | undefined {
  const name = names.indexOf(text.toUpperCase())
  const number = name >= 0 ? name + 1 : /^\d+$/.test(text) ? Number(text) : NaN
  return number >= first && number <= last ? number : undefined
}

/** A field of days: any of its parts has to hold. */
function anyOf(field: string, read: (part: string) => DayTest | undefined): DayTest | undefined {
  if (field === '*' || field === '?') return () => true
  const tests = field.split(',').map((part) => read(part))
  return tests.every((each) => each !== undefined) ? (day) => tests.some((test) => test(day)) : undefined
}

/** Beside numbers: `L` the last day, `L-3` the third before it, `LW` the last weekday, `15W` the weekday nearest to the 15th. */
function dayOfMonth(part: string): DayTest | undefined {
  const limits = { first: 1, last: 31 }
  if (part === 'LW') return (day) => day.dayOfMonth === nearestWeekday(day.daysInMonth, day)
  if (part.startsWith('L')) {
    const before = part === 'L' ? 0 : part.startsWith('L-') ? numberOf(part.slice(2), { first: 0, last: 30 }) : undefined
    return before === undefined ? undefined : (day) => day.dayOfMonth === day.daysInMonth - before
  }
  if (part.endsWith('W')) {
    const wanted = numberOf(part.slice(0, -1), limits)
    return wanted === undefined ? undefined : (day) => day.dayOfMonth === nearestWeekday(wanted, day)
  }
  const numbers = numbersOf(part, limits)
  return numbers && ((day) => numbers.includes(day.dayOfMonth))
}

/** Monday to Friday next to a day of the month, never in another month. Told from the weekday of any day of that month. */
function nearestWeekday(wanted: number, { dayOfMonth, weekday, daysInMonth }: Day): number | undefined {
  if (wanted > daysInMonth) return undefined
  const wantedWeekday = (((weekday + wanted - dayOfMonth) % 7) + 7) % 7
  if (wantedWeekday === SATURDAY) return wanted === 1 ? 3 : wanted - 1
  if (wantedWeekday === SUNDAY) return wanted === daysInMonth ? wanted - 2 : wanted + 1
  return wanted
}

/** Beside numbers, where 0 and 7 are Sunday: `FRIL` the last Friday of the month, `MON#2` its second Monday. */
function dayOfWeek(part: string): DayTest | undefined {
  const limits = { first: 0, last: 7, names: WEEKDAYS }
  if (part.endsWith('L')) {
    const wanted = numberOf(part.slice(0, -1), limits)
    return wanted === undefined ? undefined : (day) => day.weekday === wanted % 7 && day.dayOfMonth > day.daysInMonth - 7
  }
  if (part.includes('#')) {
    const [name, count, ...rest] = part.split('#')
    const wanted = numberOf(name!, limits)
    const nth = numberOf(count!, { first: 1, last: 5 })
    if (wanted === undefined || nth === undefined || rest.length > 0) return undefined
    return (day) => day.weekday === wanted % 7 && Math.ceil(day.dayOfMonth / 7) === nth
  }
  const numbers = numbersOf(part, limits)?.map((each) => each % 7)
  return numbers && ((day) => numbers.includes(day.weekday))
}
