import { addDays } from './days.ts'
import type { Day } from './days.ts'

/**
 * Orthodox Easter Sunday in today's calendar, 1900 to 2099.
 * Meeus' form of the Julian Computus, then the 13 days between the two calendars.
 */
export function orthodoxEaster(year: number): Day {
  const epact = (19 * (year % 19) + 15) % 30
  const weekday = (2 * (year % 4) + 4 * (year % 7) - epact + 34) % 7
  const month = Math.floor((epact + weekday + 114) / 31)
  const date = ((epact + weekday + 114) % 31) + 1
  return addDays(new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10), 13)
}
