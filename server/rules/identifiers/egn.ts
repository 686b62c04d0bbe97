import { bad, faultOfDigits, pastDay, weightedSum, withoutSeparators } from './identifier.ts'
import type { PersonalNumberCheck } from './identifier.ts'

const weights = [2, 4, 8, 5, 10, 9, 7, 3, 6]

/** Checks a Bulgarian ЕГН: YYMMDD SSS K; 20 is added to the month of those born in the 1800s, 40 in the 2000s. */
export function checkEgn(text: string, today: string): PersonalNumberCheck {
  const digits = withoutSeparators(text)
  const fault = faultOfDigits(digits, 10)
  if (fault) return bad(fault)

  const { century, month } = readMonth(Number(digits.slice(2, 4)))
  const birthDate = pastDay(century + Number(digits.slice(0, 2)), month, Number(digits.slice(4, 6)), today)
  if (!birthDate) return bad('date')

  if (Number(digits[9]) !== (weightedSum(digits, weights) % 11) % 10) return bad('check-digit')

  return { ok: true, kind: 'egn', birthDate, sex: Number(digits[8]) % 2 === 0 ? 'male' : 'female' }
}

function readMonth(written: number): { century: number; month: number } {
  if (written > 40) return { century: 2000, month: written - 40 }
  if (written > 20) return { century: 1800, month: written - 20 }
  return { century: 1900, month: written }
}
