/** A day of the calendar, 'yyyy-mm-dd', without hours and without a zone. */
export type Day = string

const dayMs = 86_400_000

/** The day `count` days after `day`, or before it when negative. */
export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(day) + count * dayMs).toISOString().slice(0, 10)
}

/** The same day of the month `count` months on; the last of the month where it has no such day: 31 January + 1 = 28 February. */
export function addMonths(day: Day, count: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const lastOfTarget = new Date(Date.UTC(year, month + count, 0))
  lastOfTarget.setUTCDate(Math.min(date, lastOfTarget.getUTCDate()))
  return lastOfTarget.toISOString().slice(0, 10)
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs)
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(Date.parse(day)).getUTCDay() || 7
}
