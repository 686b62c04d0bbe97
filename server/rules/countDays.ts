import { DateTime } from 'luxon'
import { countHours } from './countHours.ts'
import { addDays, addMonths, daysBetween } from './days.ts'
import type { Day } from './days.ts'
import { whyNotWorking } from './workCalendar.ts'
import type { NonWorkingDay, WorkCalendar } from './workCalendar.ts'

export type DeadlineKind = 'calendarDays' | 'workingDays' | 'months' | 'workingHours'

/** ISO date-time with offset or Z, or milliseconds since 1970. */
export type Instant = string | number

/** A time in which the term stood, e.g. waiting for a supplement. For one that still lasts give the present moment as `to`. */
export interface Suspension {
  from: Instant
  to: Instant
}

/** A term made longer, which the law allows once. Counted from the day the term would have ended. */
export interface Extension {
  amount: number
  kind: DeadlineKind
}

/** All a deadline follows from. Keep it beside the case: whenever something changes, the deadline is counted again. */
export interface DeadlineTerms {
  /** The moment of registration. The day it falls on is not counted. */
  startsAt: Instant
  kind: DeadlineKind
  amount: number
  calendar: WorkCalendar
  /** IANA name, e.g. 'Europe/Belgrade'. Days begin and end there. */
  timeZone: string
  suspensions?: readonly Suspension[]
  extension?: Extension
}

/** How the date came about, as facts for a sentence in any language. Days are 'yyyy-mm-dd'. */
export interface DeadlineFormula {
  kind: DeadlineKind
  amount: number
  /** The day of the event, not counted. */
  startsOn: Day
  /** The first day counted; of hours, the day the first hour runs. */
  countsFrom: Day
  /** The day the count reached, before moving off a non-working day. */
  endsOn: Day
  dueOn: Day
  /** Non-working days at the end that were moved over, in order. Empty when the count ended on a working day. */
  movedOver: NonWorkingDay[]
  /** Non-working days left out while counting working days or hours. */
  skipped: NonWorkingDay[]
  /** Days the term stood and was not counted. */
  suspendedDays: number
  extension?: Extension
  /** False when the count ran into a year whose holidays are not in the calendar: then only weekends were free. */
  calendarComplete: boolean
}

export interface Deadline {
  /** ISO date-time with offset: the last second of the day due; for hours the exact moment. */
  dueAt: string
  dueOn: Day
  formula: DeadlineFormula
}

/**
 * Counts a legal term. The day of the event is not counted; a term ending on a non-working day ends on the next working day;
 * months end on the day with the same number, or the last of the month. Days in which the term stood are not counted: from the
 * day after it was stopped through the day it ran again. The legal basis stands with the numbers, in `processes/_countries`.
 */
export function countDeadline(terms: DeadlineTerms): Deadline {
  const { kind, amount, extension } = terms
  for (const each of [amount, extension?.amount ?? 0]) {
    if (!Number.isInteger(each) || each < 0 || each > 10_000) throw new RangeError(`Expected a term of whole ${kind} but got ${each}`)
  }
  return kind === 'workingHours' ? hoursDeadline(terms) : daysDeadline(terms)
}

/** The deadline after one more standstill. Keep the given terms with `suspension` added to theirs. */
export function addSuspension(terms: DeadlineTerms, suspension: Suspension): Deadline {
  return countDeadline({ ...terms, suspensions: [...(terms.suspensions ?? []), suspension] })
}

/** The deadline after its only extension. Whoever calls has refused a second one; here it is a mistake. */
export function extendOnce(terms: DeadlineTerms, extension: Extension): Deadline {
  if (terms.extension) throw new RangeError('Expected a term not yet extended but it was, so it cannot be extended again')
  return countDeadline({ ...terms, extension })
}

/** Whole days from today to the day due, in the zone of the town: 0 today, negative when late. */
export function daysLeft(dueOn: Day, now: Instant, timeZone: string): number {
  return daysBetween(localDay(now, timeZone), dueOn)
}

/** The day `instant` falls on in `timeZone`. */
export function localDay(instant: Instant, timeZone: string): Day {
  return localTime(instant, timeZone).toISODate()
}

function daysDeadline({ startsAt, kind, amount, calendar, timeZone, suspensions = [], extension }: DeadlineTerms): Deadline {
  const startsOn = localDay(startsAt, timeZone)
  const standing = standingDays(suspensions, timeZone)
  const skipped: NonWorkingDay[] = []
  const count = (from: Day, by: DeadlineKind, times: number): Day => {
    if (by === 'months') return countMonths(from, times, standing)
    return countDaysOn(from, times, standing, { working: by === 'workingDays' ? calendar : undefined, skipped })
  }

  const ordinaryEnd = count(startsOn, kind, amount)
  const endsOn = extension ? count(ordinaryEnd, extension.kind, extension.amount) : ordinaryEnd

  const movedOver: NonWorkingDay[] = []
  let dueOn = endsOn
  for (let free = whyNotWorking(calendar, dueOn); free || standing.has(dueOn); free = whyNotWorking(calendar, dueOn)) {
    if (free) movedOver.push(free)
    dueOn = addDays(dueOn, 1)
  }

  return {
    dueAt: toIso(DateTime.fromISO(dueOn, { zone: timeZone }).endOf('day')),
    dueOn,
    formula: {
      kind,
      amount,
      startsOn,
      countsFrom: addDays(startsOn, 1),
      endsOn,
      dueOn,
      movedOver,
      skipped,
      suspendedDays: [...standing].filter((day) => day > startsOn && day <= dueOn).length,
      ...(extension && { extension }),
      calendarComplete: isComplete(calendar, startsOn, dueOn),
    },
  }
}

function hoursDeadline({ startsAt, kind, amount, calendar, timeZone, suspensions = [], extension }: DeadlineTerms): Deadline {
  if (extension && extension.kind !== kind) {
    throw new RangeError(`Expected working hours to be extended by working hours but got ${extension.kind}`)
  }
  const start = localTime(startsAt, timeZone)
  const toMs = (instant: Instant): number => localTime(instant, timeZone).toMillis()
  const pauses = suspensions.map(({ from, to }) => ({ fromMs: toMs(from), toMs: toMs(to) }))
  const { first, end, skipped } = countHours(start, amount + (extension?.amount ?? 0), calendar, pauses)
  const startsOn = start.toISODate() as Day
  const dueOn = end.toISODate() as Day
  return {
    dueAt: toIso(end),
    dueOn,
    formula: {
      kind,
      amount,
      startsOn,
      countsFrom: first.toISODate() as Day,
      endsOn: dueOn,
      dueOn,
      movedOver: [],
      skipped,
      suspendedDays: [...standingDays(suspensions, timeZone)].filter((day) => day > startsOn && day <= dueOn).length,
      ...(extension && { extension }),
      calendarComplete: isComplete(calendar, startsOn, dueOn),
    },
  }
}

/** Notes in `skipped` the days left out because nobody works on them. */
function countDaysOn(
  from: Day,
  times: number,
  standing: ReadonlySet<Day>,
  { working, skipped }: { working: WorkCalendar | undefined; skipped: NonWorkingDay[] },
): Day {
  let day = from
  for (let left = times; left > 0; ) {
    day = addDays(day, 1)
    if (standing.has(day)) continue
    const free = working && whyNotWorking(working, day)
    if (free) skipped.push(free)
    else left--
  }
  return day
}

function countMonths(from: Day, times: number, standing: ReadonlySet<Day>): Day {
  let end = addMonths(from, times)
  for (const day of [...standing].sort()) if (day > from && day <= end) end = addDays(end, 1)
  return end
}

/** Each day in which the term stood, once, however the standstills overlap. */
function standingDays(suspensions: readonly Suspension[], timeZone: string): ReadonlySet<Day> {
  const days = new Set<Day>()
  for (const { from, to } of suspensions) {
    const last = localDay(to, timeZone)
    for (let day = addDays(localDay(from, timeZone), 1); day <= last; day = addDays(day, 1)) days.add(day)
  }
  return days
}

function isComplete(calendar: WorkCalendar, from: Day, to: Day): boolean {
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++) if (!calendar.years.has(year)) return false
  return true
}

function localTime(instant: Instant, timeZone: string): DateTime<true> {
  const zone = { zone: timeZone }
  const time = typeof instant === 'number' ? DateTime.fromMillis(instant, zone) : DateTime.fromISO(instant, zone)
  if (!time.isValid) throw new RangeError(`Expected a moment and a time zone but got ${instant} and ${timeZone}`)
  return time as DateTime<true>
}

function toIso(time: DateTime): string {
  return time.startOf('second').toISO({ suppressMilliseconds: true }) as string
}
