import { bad, faultOfDigits, pastDay, weightedSum, withoutSeparators } from './identifier.ts'
import type { PersonalNumberCheck } from './identifier.ts'

const weights = [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]

/**
 * Checks a JMBG of Serbia or Bosnia and Herzegovina: DDMMYYY RR BBB K, YYY without its thousands, under 800 in the 2000s.
 * The region RR is not judged: people born in another former republic keep their number.
 */
export function checkJmbg(text: string, today: string): PersonalNumberCheck {
  const digits = withoutSeparators(text)
  const fault = faultOfDigits(digits, 13)
  if (fault) return bad(fault)

  const shortYear = Number(digits.slice(4, 7))
  const year = shortYear < 800 ? 2000 + shortYear : 1000 + shortYear
  const birthDate = pastDay(year, Number(digits.slice(2, 4)), Number(digits.slice(0, 2)), today)
  if (!birthDate) return bad('date')

  const rest = 11 - (weightedSum(digits, weights) % 11)
  if (Number(digits[12]) !== (rest > 9 ? 0 : rest)) return bad('check-digit')

  return { ok: true, kind: 'jmbg', birthDate, sex: Number(digits.slice(9, 12)) < 500 ? 'male' : 'female' }
}
