import { bad, faultOfDigits, weightedSum, withoutSeparators } from './identifier.ts'
import type { CompanyNumberCheck } from './identifier.ts'

// No written source: the weights were fitted to ten published company numbers, which all agree.
const weights = [2, 7, 6, 5, 4, 3, 2]

/** Checks a Serbian company register number (matični broj): eight digits. */
export function checkMb(text: string): CompanyNumberCheck {
  const digits = withoutSeparators(text)
  const fault = faultOfDigits(digits, 8)
  if (fault) return bad(fault)

  const rest = 11 - (weightedSum(digits, weights) % 11)
  if (Number(digits[7]) !== (rest > 9 ? 0 : rest)) return bad('check-digit')

  return { ok: true, kind: 'mb' }
}
