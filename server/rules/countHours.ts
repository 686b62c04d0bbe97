import type { DateTime } from 'luxon'
import { whyNotWorking } from './workCalendar.ts'
import type { NonWorkingDay, WorkCalendar, Weekday } from './workCalendar.ts'

export interface Pause {
  fromMs: number
  toMs: number
}

const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const hourMs = 3_600_000

/**
 * Counts `hours` from `start`: within the office's hours when the calendar has them, else through whole working days.
 * Nothing runs on a non-working day nor in a pause. `first` is when the count began to run, `end` when it was used up.
 */
export function countHours(
  start: DateTime,
  hours: number,
  calendar: WorkCalendar,
  pauses: readonly Pause[],
): { first: DateTime; end: DateTime; skipped: NonWorkingDay[] } {
  if (calendar.hours && !weekdays.some((weekday) => calendar.hours?.[weekday])) {
    throw new RangeError('Expected an office that opens at least once a week but it never does')
  }
  const skipped: NonWorkingDay[] = []
  let first: DateTime | undefined
  let leftMs = hours * hourMs
  for (let day = start.startOf('day'); ; day = day.plus({ days: 1 })) {
    const free = whyNotWorking(calendar, day.toISODate() as string)
    if (free) {
      skipped.push(free)
      continue
    }
    for (const { fromMs, toMs } of runningTimes(day, start, calendar, pauses)) {
      first ??= start.plus(fromMs - start.toMillis())
      if (leftMs <= toMs - fromMs) return { first, end: start.plus(fromMs + leftMs - start.toMillis()), skipped }
      leftMs -= toMs - fromMs
    }
  }
}

function runningTimes(day: DateTime, start: DateTime, { hours }: WorkCalendar, pauses: readonly Pause[]): Pause[] {
  const open = hours ? hours[weekdays[day.weekday - 1]!] : ['00:00', '24:00']
  if (!open) return []
  const fromMs = Math.max(atTime(day, open[0]!), start.toMillis())
  let running = [{ fromMs, toMs: atTime(day, open[1]!) }]
  for (const pause of pauses) {
    running = running.flatMap(({ fromMs, toMs }) => [
      { fromMs, toMs: Math.min(toMs, pause.fromMs) },
      { fromMs: Math.max(fromMs, pause.toMs), toMs },
    ])
  }
  return running.filter((time) => time.fromMs < time.toMs)
}

function atTime(day: DateTime, clock: string): number {
  const [hour, minute] = clock.split(':').map(Number) as [number, number]
  return (hour === 24 ? day.plus({ days: 1 }) : day.set({ hour, minute })).toMillis()
}
