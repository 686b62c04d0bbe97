import { bad, faultOfDigits, weightedSum, withoutSeparators } from './identifier.ts'
import type { PersonalNumberCheck } from './identifier.ts'

const weights = [21, 19, 17, 13, 11, 9, 7, 3, 1]

/** Checks a ЛНЧ, the number of a foreigner living in Bulgaria: ten digits that tell neither birthday nor sex. */
export function checkLnch(text: string): PersonalNumberCheck {
  const digits = withoutSeparators(text)
  const fault = faultOfDigits(digits, 10)
  if (fault) return bad(fault)

  if (Number(digits[9]) !== weightedSum(digits, weights) % 10) return bad('check-digit')

  return { ok: true, kind: 'lnch' }
}
