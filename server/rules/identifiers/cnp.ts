import { bad, faultOfDigits, pastDay, weightedSum, withoutSeparators } from './identifier.ts'
import type { PersonalNumberCheck } from './identifier.ts'

const weights = [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]

// Residents born abroad (7, 8) and foreigners (9) may be of either century: the number does not tell.
const centuries: Readonly<Record<string, readonly number[]>> = {
  1: [1900],
  2: [1900],
  3: [1800],
  4: [1800],
  5: [2000],
  6: [2000],
  7: [1900, 2000],
  8: [1900, 2000],
  9: [1900, 2000],
}

/** Checks a Romanian CNP: S AA LL ZZ CJ NNN C. The county CJ is not judged, its list has grown more than once. */
export function checkCnp(text: string, today: string): PersonalNumberCheck {
  const digits = withoutSeparators(text)
  const fault = faultOfDigits(digits, 13)
  if (fault) return bad(fault)

  const [shortYear, month, day] = [1, 3, 5].map((at) => Number(digits.slice(at, at + 2))) as [number, number, number]
  const birthDates = (centuries[digits[0]!] ?? []).flatMap((century) => pastDay(century + shortYear, month, day, today) ?? [])
  if (birthDates.length === 0) return bad('date')

  const rest = weightedSum(digits, weights) % 11
  if (Number(digits[12]) !== (rest === 10 ? 1 : rest)) return bad('check-digit')

  const first = Number(digits[0])
  return {
    ok: true,
    kind: 'cnp',
    ...(first < 7 && { birthDate: birthDates[0] }),
    ...(first < 9 && { sex: first % 2 === 1 ? 'male' : 'female' }),
  }
}
