import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { addDays, weekdayOf } from '../../server/rules/days.ts'
import { orthodoxEaster } from '../../server/rules/easter.ts'
import { isWorkingDay, readCalendar, whyNotWorking } from '../../server/rules/workCalendar.ts'
import type { Holiday, HolidayFile } from '../../server/rules/workCalendar.ts'

const countries = ['rs', 'bg', 'ro', 'ba'] as const
const years = [2025, 2026, 2027, 2028, 2029, 2030]
const files = Object.fromEntries(
  countries.map((country) => {
    const path = new URL(`../../processes/_countries/${country}/holidays.json`, import.meta.url)
    return [country, JSON.parse(readFileSync(path, 'utf8')) as HolidayFile]
  }),
) as Record<(typeof countries)[number], HolidayFile>
const daysOf = (country: (typeof countries)[number], year: number) =>
  (files[country][String(year)] as readonly Holiday[]).map((holiday) => holiday.date)

describe('Orthodox Easter', () => {
  test.each([
    [2024, '2024-05-05'],
    [2025, '2025-04-20'],
    [2026, '2026-04-12'],
    [2027, '2027-05-02'],
    [2028, '2028-04-16'],
    [2029, '2029-04-08'],
    [2030, '2030-04-28'],
  ])('of %i is on %s', (year, day) => {
    expect(orthodoxEaster(year)).toBe(day)
  })

  test('agrees to 2040 and beyond with the table of golden numbers, which is another way to it', () => {
    // The Paschal full moon of the Julian calendar for golden numbers 1 to 19, as days of March; Easter is the Sunday after it.
    const fullMoons = [36, 25, 44, 33, 22, 41, 30, 49, 38, 27, 46, 35, 24, 43, 32, 21, 40, 29, 48]
    for (let year = 1900; year < 2100; year++) {
      const moon = addDays(`${year}-03-01`, fullMoons[year % 19]! - 1 + 13)
      const daysToSunday = 7 - (weekdayOf(moon) % 7)

      expect(orthodoxEaster(year), String(year)).toBe(addDays(moon, daysToSunday))
    }
  })

  test('is always a Sunday between 3 April and 10 May', () => {
    for (let year = 1900; year < 2100; year++) {
      const easter = orthodoxEaster(year)

      expect(weekdayOf(easter)).toBe(7)
      expect(easter >= `${year}-04-03` && easter <= `${year}-05-10`).toBe(true)
    }
  })
})

describe.each(countries)('the holidays of %s', (country) => {
  test.each(years)('in %i follow Easter', (year) => {
    const easter = orthodoxEaster(year)
    const feasts = [-2, 0, 1].map((offset) => addDays(easter, offset))

    expect(daysOf(country, year)).toEqual(expect.arrayContaining(feasts))
  })

  test.each(years)('in %i are in order, each once, each within its year and named in five languages', (year) => {
    const days = daysOf(country, year)

    expect(days).toEqual([...new Set(days)].sort())
    for (const { date, name } of files[country][String(year)] as readonly Holiday[]) {
      expect(date.startsWith(String(year))).toBe(true)
      expect(Object.keys(name).sort()).toEqual(['bg', 'en', 'hu', 'ro', 'sr'])
      expect(Object.values(name).every((text) => text.length > 2)).toBe(true)
    }
  })

  test('name their legal basis', () => {
    expect(files[country].basis).toBeTypeOf('string')
  })
})

describe('the year 2026 agrees with an independent list', () => {
  const days = (text: string) => text.split(' ').map((day) => `2026-${day}`)

  test('of Serbia', () => {
    expect(daysOf('rs', 2026)).toEqual(days('01-01 01-02 01-07 02-15 02-16 02-17 04-10 04-11 04-12 04-13 05-01 05-02 11-11'))
  })

  test('of Bulgaria', () => {
    expect(daysOf('bg', 2026)).toEqual(
      days('01-01 01-02 03-03 04-10 04-11 04-12 04-13 05-01 05-06 05-24 05-25 09-06 09-07 09-22 12-24 12-25 12-26 12-28'),
    )
  })

  test('of Romania', () => {
    expect(daysOf('ro', 2026)).toEqual(
      days('01-01 01-02 01-06 01-07 01-24 04-10 04-12 04-13 05-01 05-31 06-01 08-15 11-30 12-01 12-25 12-26'),
    )
  })
})

test('Pentecost of Romania is seven weeks after Easter', () => {
  for (const year of years) {
    const pentecost = [49, 50].map((days) => addDays(orthodoxEaster(year), days))

    expect(daysOf('ro', year)).toEqual(expect.arrayContaining(pentecost))
  }
})

test('a holiday is told as the holiday even on a Sunday, a plain Sunday as weekend', () => {
  const calendar = readCalendar(files.rs)

  expect(whyNotWorking(calendar, '2026-04-12')).toMatchObject({ why: 'holiday', name: { sr: 'Васкрс' } })
  expect(whyNotWorking(calendar, '2026-04-19')).toEqual({ date: '2026-04-19', why: 'weekend' })
  expect(isWorkingDay(calendar, '2026-04-14')).toBe(true)
})
