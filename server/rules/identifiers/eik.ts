import { bad, faultOfDigits, weightedSum, withoutSeparators } from './identifier.ts'
import type { CompanyNumberCheck } from './identifier.ts'

/** Checks a Bulgarian ЕИК or БУЛСТАТ: nine digits, thirteen for a branch, with or without the BG of the VAT number. */
export function checkEik(text: string): CompanyNumberCheck {
  const digits = withoutSeparators(text).replace(/^BG(?=\d)/i, '')
  const fault = faultOfDigits(digits, 9, 13)
  if (fault) return bad(fault)

  if (Number(digits[8]) !== checkDigit(digits, [1, 2, 3, 4, 5, 6, 7, 8], [3, 4, 5, 6, 7, 8, 9, 10])) return bad('check-digit')
  const branch = digits.slice(8)
  if (branch.length > 1 && Number(branch[4]) !== checkDigit(branch, [2, 7, 3, 5], [4, 9, 5, 7])) return bad('check-digit')

  return { ok: true, kind: 'eik' }
}

/** The second weights are used when the first leave 10. */
function checkDigit(digits: string, first: readonly number[], second: readonly number[]): number {
  const rest = weightedSum(digits, first) % 11
  return rest < 10 ? rest : (weightedSum(digits, second) % 11) % 10
}
