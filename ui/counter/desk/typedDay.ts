import type { Language } from '../../../server/http/contract/words.ts'

/**
 * The day somebody typed, `yyyy-mm-dd`: with dots, blanks or nothing between its parts, day first, or year first where it has four
 * digits at its head. Null where it is no day of the calendar.
 */
export function typedDay(text: string): string | null {
  const plain = text.trim()
  const parts = /^\d{8}$/.test(plain)
    ? /^(19|20)\d\d(0[1-9]|1[0-2])/.test(plain) && Number(plain.slice(2, 4)) > 12
      ? [plain.slice(6), plain.slice(4, 6), plain.slice(0, 4)]
      : [plain.slice(0, 2), plain.slice(2, 4), plain.slice(4)]
    : plain.match(/\d+/g) ?? []
  if (parts.length !== 3) return null
  const [day, month, year] = (parts[0]!.length === 4 ? [...parts].reverse() : parts).map(Number) as [number, number, number]
  if (year < 1900 || year > 2200) return null
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null
}

/** As people of the language write it in a field: 24.11.2026. */
export function dayToType(day: string, language: Language): string {
  const [year, month, date] = day.split('-')
  return language === 'hu' ? `${year}. ${month}. ${date}.` : `${date}.${month}.${year}`
}
