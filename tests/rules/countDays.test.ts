import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addSuspension, countDeadline, daysLeft, extendOnce, localDay } from '../../server/rules/countDays.ts'
import type { DeadlineKind, DeadlineTerms } from '../../server/rules/countDays.ts'
import { addDays, daysBetween } from '../../server/rules/days.ts'
import { isWorkingDay, readCalendar } from '../../server/rules/workCalendar.ts'

const zones = { rs: 'Europe/Belgrade', bg: 'Europe/Sofia', ro: 'Europe/Bucharest', ba: 'Europe/Sarajevo' } as const
type Country = keyof typeof zones

const calendarOf = (country: Country, hours?: Parameters<typeof readCalendar>[1]) =>
  readCalendar(JSON.parse(readFileSync(new URL(`../../processes/_countries/${country}/holidays.json`, import.meta.url), 'utf8')), hours)

function terms(country: Country, startsAt: string, amount: number, kind: DeadlineKind = 'calendarDays'): DeadlineTerms {
  return { startsAt, kind, amount, calendar: calendarOf(country), timeZone: zones[country] }
}

const office = {
  mon: ['07:30', '15:30'],
  tue: ['07:30', '15:30'],
  wed: ['07:30', '15:30'],
  thu: ['07:30', '15:30'],
  fri: ['07:30', '15:30'],
  sat: null,
  sun: null,
} as const

describe('calendar days', () => {
  test('the day of the event is not counted: 8 days from Tuesday 24 November end on Wednesday 2 December', () => {
    const deadline = countDeadline(terms('rs', '2026-11-24T10:42:00+01:00', 8))

    expect(deadline).toMatchObject({ dueOn: '2026-12-02', dueAt: '2026-12-02T23:59:59+01:00' })
    expect(deadline.formula).toEqual({
      kind: 'calendarDays',
      amount: 8,
      startsOn: '2026-11-24',
      countsFrom: '2026-11-25',
      endsOn: '2026-12-02',
      dueOn: '2026-12-02',
      movedOver: [],
      skipped: [],
      suspendedDays: 0,
      calendarComplete: true,
    })
  })

  test('a petition of 24 November is answered in Romania by Thursday 24 December', () => {
    expect(countDeadline(terms('ro', '2026-11-24T10:42:00+02:00', 30)).dueOn).toBe('2026-12-24')
  })

  test('a term ending on a Saturday ends on Monday, and the formula tells why', () => {
    const { dueOn, formula } = countDeadline(terms('rs', '2026-11-20T12:00:00+01:00', 8))

    expect(dueOn).toBe('2026-11-30')
    expect(formula.endsOn).toBe('2026-11-28')
    expect(formula.movedOver).toEqual([
      { date: '2026-11-28', why: 'weekend' },
      { date: '2026-11-29', why: 'weekend' },
    ])
  })

  test('a term ending on Good Friday ends on Tuesday after Easter', () => {
    const { dueOn, formula } = countDeadline(terms('rs', '2026-04-02T09:00:00+02:00', 8))

    expect(dueOn).toBe('2026-04-14')
    expect(formula.movedOver.map(({ why }) => why)).toEqual(['holiday', 'holiday', 'holiday', 'holiday'])
    expect(formula.movedOver[2]?.name?.sr).toBe('Васкрс')
  })

  test('Easter of 2027 meets the first of May and takes the 4th with it', () => {
    expect(countDeadline(terms('rs', '2027-04-22T09:00:00+02:00', 8)).dueOn).toBe('2027-05-05')
    expect(countDeadline(terms('bg', '2027-04-23T09:00:00+03:00', 7)).dueOn).toBe('2027-05-05')
    expect(countDeadline(terms('ro', '2027-04-23T09:00:00+03:00', 7)).dueOn).toBe('2027-05-04')
  })

  test('a term over the end of the year moves past the New Year', () => {
    expect(countDeadline(terms('rs', '2026-12-24T09:00:00+01:00', 8)).dueOn).toBe('2027-01-04')
    expect(countDeadline(terms('bg', '2026-12-25T09:00:00+02:00', 7)).dueOn).toBe('2027-01-04')
  })

  test('the day is that of the town, not that of Greenwich', () => {
    expect(countDeadline(terms('rs', '2026-11-24T23:30:00Z', 8)).formula.startsOn).toBe('2026-11-25')
    expect(countDeadline(terms('bg', '2026-11-24T21:59:59Z', 7)).formula.startsOn).toBe('2026-11-24')
    expect(countDeadline(terms('bg', '2026-11-24T22:00:00Z', 7)).formula.startsOn).toBe('2026-11-25')
  })

  test('summer time changes the offset, not the day', () => {
    expect(countDeadline(terms('rs', '2026-03-27T12:00:00+01:00', 3)).dueAt).toBe('2026-03-30T23:59:59+02:00')
    expect(countDeadline(terms('rs', '2026-10-24T12:00:00+02:00', 2)).dueAt).toBe('2026-10-26T23:59:59+01:00')
    expect(countDeadline(terms('bg', '2026-03-28T23:59:59+02:00', 2)).dueAt).toBe('2026-03-30T23:59:59+03:00')
  })

  test('a moment may be given in milliseconds', () => {
    const given = '2026-11-24T10:42:00+01:00'

    expect(countDeadline({ ...terms('rs', given, 8), startsAt: Date.parse(given) })).toEqual(countDeadline(terms('rs', given, 8)))
  })
})

describe('months', () => {
  test.each([
    ['2026-01-31T12:00:00+01:00', 1, '2026-02-28', '2026-03-02'],
    ['2028-01-31T12:00:00+01:00', 1, '2028-02-29', '2028-02-29'],
    ['2026-11-30T12:00:00+01:00', 3, '2027-02-28', '2027-03-01'],
    ['2026-11-24T12:00:00+01:00', 2, '2027-01-24', '2027-01-25'],
    ['2026-12-31T12:00:00+01:00', 1, '2027-01-31', '2027-02-01'],
  ])('%s and %i months end on %s and are due on %s', (startsAt, amount, endsOn, dueOn) => {
    const deadline = countDeadline(terms('rs', startsAt, amount, 'months'))

    expect(deadline.formula.endsOn).toBe(endsOn)
    expect(deadline.dueOn).toBe(dueOn)
  })
})

describe('working days', () => {
  test('holidays and weekends are left out and listed', () => {
    const { dueOn, formula } = countDeadline(terms('rs', '2026-04-08T09:00:00+02:00', 3, 'workingDays'))

    expect(dueOn).toBe('2026-04-15')
    expect(formula.skipped.map(({ date }) => date)).toEqual(['2026-04-10', '2026-04-11', '2026-04-12', '2026-04-13'])
  })

  test('two working days from Monday end on Wednesday, the national day between them counts not', () => {
    expect(countDeadline(terms('ro', '2026-11-30T09:00:00+02:00', 2, 'workingDays')).dueOn).toBe('2026-12-03')
    expect(countDeadline(terms('ro', '2026-11-23T09:00:00+02:00', 2, 'workingDays')).dueOn).toBe('2026-11-25')
  })
})

describe('working hours', () => {
  test('48 hours of a report filed on Thursday stand still over the weekend', () => {
    expect(countDeadline(terms('rs', '2026-11-26T10:00:00+01:00', 48, 'workingHours')).dueAt).toBe('2026-11-30T10:00:00+01:00')
  })

  test('a report of the weekend begins on Monday, one of a holiday on the next working day', () => {
    expect(countDeadline(terms('rs', '2026-11-28T10:00:00+01:00', 48, 'workingHours')).dueAt).toBe('2026-12-02T00:00:00+01:00')
    expect(countDeadline(terms('rs', '2026-11-11T10:00:00+01:00', 24, 'workingHours')).formula.countsFrom).toBe('2026-11-12')
  })

  test('within the hours of the office eight hours are one working day', () => {
    const calendar = calendarOf('rs', office)
    const eight = (startsAt: string) => countDeadline({ ...terms('rs', startsAt, 8, 'workingHours'), calendar }).dueAt

    expect(eight('2026-11-24T07:30:00+01:00')).toBe('2026-11-24T15:30:00+01:00')
    expect(eight('2026-11-24T10:00:00+01:00')).toBe('2026-11-25T10:00:00+01:00')
    expect(eight('2026-11-27T14:30:00+01:00')).toBe('2026-11-30T14:30:00+01:00')
    expect(eight('2026-11-27T20:00:00+01:00')).toBe('2026-11-30T15:30:00+01:00')
  })

  test('time in which the term stood is not counted', () => {
    const calendar = calendarOf('rs', office)
    const start = { ...terms('rs', '2026-11-24T07:30:00+01:00', 8, 'workingHours'), calendar }

    const deadline = addSuspension(start, { from: '2026-11-24T09:30:00+01:00', to: '2026-11-25T08:30:00+01:00' })

    expect(deadline.dueAt).toBe('2026-11-25T14:30:00+01:00')
  })

  test('an office that never opens is a mistake of its calendar', () => {
    const calendar = calendarOf('rs', { sun: null })

    expect(() => countDeadline({ ...terms('rs', '2026-11-24T07:30:00+01:00', 8, 'workingHours'), calendar })).toThrow('never does')
  })
})

describe('a term that stood', () => {
  const start = terms('rs', '2026-11-10T20:15:00+01:00', 30)

  test('ends later by the days it stood: six days make 10 December the 16th', () => {
    const deadline = addSuspension(start, { from: '2026-11-18T09:00:00+01:00', to: '2026-11-24T08:05:00+01:00' })

    expect(countDeadline(start).dueOn).toBe('2026-12-10')
    expect(deadline.dueOn).toBe('2026-12-16')
    expect(deadline.formula.suspendedDays).toBe(6)
  })

  test('overlapping standstills count once', () => {
    const first = { from: '2026-11-18T09:00:00+01:00', to: '2026-11-22T09:00:00+01:00' }
    const second = { from: '2026-11-20T09:00:00+01:00', to: '2026-11-24T09:00:00+01:00' }

    expect(addSuspension({ ...start, suspensions: [first] }, second).dueOn).toBe('2026-12-16')
  })

  test('asked and answered on one day changes nothing', () => {
    const sameDay = { from: '2026-11-18T09:00:00+01:00', to: '2026-11-18T16:00:00+01:00' }

    expect(addSuspension(start, sameDay)).toEqual(countDeadline({ ...start, suspensions: [sameDay] }))
    expect(addSuspension(start, sameDay).dueOn).toBe('2026-12-10')
  })

  test('months and working days grow by the days that would have been counted', () => {
    const week = { from: '2026-11-20T09:00:00+01:00', to: '2026-11-27T09:00:00+01:00' }

    expect(addSuspension(terms('rs', '2026-11-10T09:00:00+01:00', 1, 'months'), week).dueOn).toBe('2026-12-17')
    expect(addSuspension(terms('rs', '2026-11-17T09:00:00+01:00', 5, 'workingDays'), week).dueOn).toBe('2026-12-01')
  })
})

describe('a term made longer', () => {
  test('30 days and 15 more are 45 from registration', () => {
    const start = terms('ro', '2026-11-24T10:42:00+02:00', 30)

    const deadline = extendOnce(start, { amount: 15, kind: 'calendarDays' })

    expect(deadline.dueOn).toBe('2027-01-08')
    expect(deadline.formula.extension).toEqual({ amount: 15, kind: 'calendarDays' })
  })

  test('is not made longer twice', () => {
    const extended = { ...terms('ro', '2026-11-24T10:42:00+02:00', 30), extension: { amount: 15, kind: 'calendarDays' as const } }

    expect(() => extendOnce(extended, { amount: 15, kind: 'calendarDays' })).toThrow('cannot be extended again')
  })
})

test('a year without holidays in the calendar is told', () => {
  expect(countDeadline(terms('rs', '2030-12-27T09:00:00+01:00', 8)).formula.calendarComplete).toBe(false)
  expect(countDeadline(terms('rs', '2030-12-20T09:00:00+01:00', 8)).formula.calendarComplete).toBe(true)
})

test('days left are counted in the town: none on the day itself, fewer than none when late', () => {
  expect(daysLeft('2026-12-02', '2026-11-24T10:00:00+01:00', 'Europe/Belgrade')).toBe(8)
  expect(daysLeft('2026-12-02', '2026-12-01T23:30:00Z', 'Europe/Belgrade')).toBe(0)
  expect(daysLeft('2026-12-02', '2026-12-05T01:00:00+01:00', 'Europe/Belgrade')).toBe(-3)
})

test.each([-1, 1.5, Number.NaN, 1_000_000])('a term of %d days is refused', (amount) => {
  expect(() => countDeadline(terms('rs', '2026-11-24T10:42:00+01:00', amount))).toThrow(RangeError)
})

test('a moment that is none is refused', () => {
  expect(() => countDeadline(terms('rs', 'yesterday', 8))).toThrow('Expected a moment')
})

describe('whatever the start', () => {
  const start = fc.date({ min: new Date('2025-01-01T00:00:00Z'), max: new Date('2029-12-31T00:00:00Z'), noInvalidDate: true })
  const country = fc.constantFrom<Country>('rs', 'bg', 'ro', 'ba')
  const kind = fc.constantFrom<DeadlineKind>('calendarDays', 'workingDays')
  const amount = fc.integer({ min: 1, max: 60 })
  const calendars = { rs: calendarOf('rs'), bg: calendarOf('bg'), ro: calendarOf('ro'), ba: calendarOf('ba') }
  const of = (where: Country, at: Date, many: number, by: DeadlineKind): DeadlineTerms => ({
    startsAt: at.getTime(),
    kind: by,
    amount: many,
    calendar: calendars[where],
    timeZone: zones[where],
  })

  test('a deadline is the last second of a working day not earlier than the days asked for', () => {
    fc.assert(
      fc.property(country, start, amount, kind, (where, at, many, by) => {
        const { dueAt, dueOn, formula } = countDeadline(of(where, at, many, by))

        expect(isWorkingDay(calendars[where], dueOn)).toBe(true)
        expect(dueOn >= addDays(formula.startsOn, many)).toBe(true)
        expect(dueAt).toMatch(new RegExp(`^${dueOn}T23:59:59\\+0[123]:00$`))
      }),
    )
  })

  test('one day more never ends earlier, and a standstill never shortens', () => {
    fc.assert(
      fc.property(country, start, amount, kind, fc.integer({ min: 0, max: 40 }), (where, at, many, by, stood) => {
        const given = of(where, at, many, by)
        const { dueOn } = countDeadline(given)
        const pause = { from: at.getTime() + 86_400_000, to: at.getTime() + (1 + stood) * 86_400_000 }

        expect(countDeadline({ ...given, amount: many + 1 }).dueOn >= dueOn).toBe(true)
        expect(addSuspension(given, pause).dueOn >= dueOn).toBe(true)
      }),
    )
  })

  test('two standstills apart cost as much as each by itself', () => {
    const days = fc.integer({ min: 0, max: 20 })
    const [long, soon] = [fc.integer({ min: 30, max: 60 }), fc.integer({ min: 1, max: 8 })]
    fc.assert(
      fc.property(country, start, long, soon, days, days, (where, at, many, after, one, other) => {
        const given = of(where, at, many, 'calendarDays')
        const day = (count: number): number => at.getTime() + count * 86_400_000
        const first = { from: day(after), to: day(after + one) }
        const second = { from: day(after + one + 2), to: day(after + one + 2 + other) }
        const both = addSuspension({ ...given, suspensions: [first] }, second)

        // Said in days of the town's calendar: where the clock is changed, 24 hours are not always a day.
        const lost = daysBetween(countDeadline(given).formula.endsOn, both.formula.endsOn)
        expect(lost).toBe(standing(given, first) + standing(given, second))
        expect(addSuspension({ ...given, suspensions: [second] }, first)).toEqual(both)
      }),
    )
  })

  test('months end on the same day of the month or on its last one, in leap years too', () => {
    const late = fc.date({ min: new Date('2025-01-27T12:00:00Z'), max: new Date('2039-12-31T12:00:00Z'), noInvalidDate: true })
    fc.assert(
      fc.property(country, late, fc.integer({ min: 1, max: 24 }), (where, at, many) => {
        const { startsOn, endsOn } = countDeadline(of(where, at, many, 'months')).formula

        const [, , dayOfStart] = startsOn.split('-').map(Number)
        const [year, month, dayOfEnd] = endsOn.split('-').map(Number)
        expect(dayOfEnd).toBe(Math.min(dayOfStart!, new Date(Date.UTC(year!, month!, 0)).getUTCDate()))
        expect((year! - Number(startsOn.slice(0, 4))) * 12 + month! - Number(startsOn.slice(5, 7))).toBe(many)
      }),
    )
  })

  test('working hours end later for each hour more, and never while the office is closed', () => {
    const inOffice = (where: Country) => ({ ...calendars[where], hours: office })
    fc.assert(
      fc.property(country, start, fc.integer({ min: 1, max: 60 }), (where, at, many) => {
        const given = { ...of(where, at, many, 'workingHours'), calendar: inOffice(where) }
        const { dueAt, dueOn } = countDeadline(given)

        expect(isWorkingDay(calendars[where], dueOn)).toBe(true)
        expect(dueAt.slice(11, 19) > '07:30:00' && dueAt.slice(11, 19) <= '15:30:00').toBe(true)
        expect(Date.parse(countDeadline({ ...given, amount: many + 1 }).dueAt)).toBeGreaterThanOrEqual(Date.parse(dueAt) + 3_600_000)
      }),
    )
  })
})

/** Days of the town's calendar from the one after it was stopped through the one it ran again. */
function standing({ timeZone }: DeadlineTerms, { from, to }: { from: number; to: number }): number {
  return daysBetween(localDay(from, timeZone), localDay(to, timeZone))
}
