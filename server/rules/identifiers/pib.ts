import { bad, faultOfDigits, withoutSeparators } from './identifier.ts'
import type { CompanyNumberCheck } from './identifier.ts'

/** Checks a PIB, the Serbian tax number: nine digits, the last by ISO 7064 mod 11,10. */
export function checkPib(text: string): CompanyNumberCheck {
  const digits = withoutSeparators(text)
  const fault = faultOfDigits(digits, 9)
  if (fault) return bad(fault)

  let product = 10
  for (const digit of digits.slice(0, 8)) product = (((product + Number(digit)) % 10 || 10) * 2) % 11
  if (Number(digits[8]) !== (11 - product) % 10) return bad('check-digit')

  return { ok: true, kind: 'pib' }
}
