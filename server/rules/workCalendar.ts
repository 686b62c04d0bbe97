import { weekdayOf } from './days.ts'
import type { Day } from './days.ts'

/** The name of a holiday by language: sr (Cyrillic), bg, ro, hu, en. */
export type HolidayName = Readonly<Record<string, string>>

export interface Holiday {
  date: Day
  name: HolidayName
}

/** `processes/_countries/<cc>/holidays.json`: a list for each year, and its legal basis. */
export type HolidayFile = Readonly<Record<string, readonly Holiday[] | string>>

/** Opening hours by weekday, e.g. `{ mon: ['07:30', '15:30'], sat: null }`. A weekday left out is closed. */
export type OpeningHours = Readonly<Partial<Record<Weekday, readonly string[] | null>>>
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'

export interface WorkCalendar {
  readonly holidays: ReadonlyMap<Day, Holiday>
  /** Years whose holidays are known. In other years only weekends are free, and the formula of a deadline says so. */
  readonly years: ReadonlySet<number>
  /** Present when working hours are the hours of the office; absent when each hour of a working day counts. */
  readonly hours?: OpeningHours
}

/** Why a day does not count as a working day; `name` only for holidays. */
export interface NonWorkingDay {
  date: Day
  why: 'weekend' | 'holiday'
  name?: HolidayName
}

/** Makes a calendar of a country's dated holidays. Give `hours` when hours are to be counted within the office's day. */
export function readCalendar(file: HolidayFile, hours?: OpeningHours): WorkCalendar {
  const years = Object.entries(file).filter((entry): entry is [string, readonly Holiday[]] => /^\d{4}$/.test(entry[0]))
  return {
    holidays: new Map(years.flatMap(([, holidays]) => holidays.map((holiday): [Day, Holiday] => [holiday.date, holiday]))),
    years: new Set(years.map(([year]) => Number(year))),
    ...(hours && { hours }),
  }
}

/** Why nobody works on `day`, or undefined on a working day. A holiday on a Sunday is told as the holiday. */
export function whyNotWorking(calendar: WorkCalendar, day: Day): NonWorkingDay | undefined {
  const holiday = calendar.holidays.get(day)
  if (holiday) return { date: day, why: 'holiday', name: holiday.name }
  if (weekdayOf(day) > 5) return { date: day, why: 'weekend' }
  return undefined
}

/** Whether the office works on `day`. */
export function isWorkingDay(calendar: WorkCalendar, day: Day): boolean {
  return whyNotWorking(calendar, day) === undefined
}
