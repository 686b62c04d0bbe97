import { bad, faultOfDigits, weightedSum, withoutSeparators } from './identifier.ts'
import type { CompanyNumberCheck } from './identifier.ts'

const weights = [7, 5, 3, 2, 1, 7, 5, 3, 2]

/** Checks a Romanian CUI: two to ten digits, with or without the RO of the VAT number. */
export function checkCui(text: string): CompanyNumberCheck {
  const digits = withoutSeparators(text).replace(/^RO(?=\d)/i, '')
  const fault = faultOfDigits(digits, 2, 3, 4, 5, 6, 7, 8, 9, 10)
  if (fault) return bad(fault)

  const padded = digits.padStart(10, '0')
  if (Number(padded[9]) !== ((weightedSum(padded, weights) * 10) % 11) % 10) return bad('check-digit')

  return { ok: true, kind: 'cui' }
}
