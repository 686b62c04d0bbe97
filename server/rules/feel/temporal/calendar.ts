/** Days of the proleptic Gregorian calendar, counted from 1970-01-01. Whole numbers only. */

const DAYS_PER_ERA = 146_097 // 400 years
const DAYS_FROM_YEAR_ZERO = 719_468 // 0000-03-01 to 1970-01-01

/** The day's number, counted from 1970-01-01. */
export function epochDay(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * DAYS_PER_ERA + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - DAYS_FROM_YEAR_ZERO
}

/** Year, month and day of a day's number. */
export function civil(epoch: number): { year: number; month: number; day: number } {
  const shifted = epoch + DAYS_FROM_YEAR_ZERO
  const era = Math.floor(shifted / DAYS_PER_ERA)
  const dayOfEra = shifted - era * DAYS_PER_ERA
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  }
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** 1 = Monday … 7 = Sunday. */
export function weekday(epoch: number): number {
  return ((((epoch + 3) % 7) + 7) % 7) + 1
}

/** The week by ISO 8601: week 1 holds the year's first Thursday. */
export function isoWeek(epoch: number): number {
  const thursday = epoch + 4 - weekday(epoch)
  return Math.floor((thursday - epochDay(civil(thursday).year, 1, 1)) / 7) + 1
}
