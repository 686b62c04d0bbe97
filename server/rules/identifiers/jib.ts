import { bad, faultOfDigits, withoutSeparators } from './identifier.ts'
import type { CompanyNumberCheck } from './identifier.ts'

/** Checks the form of a JIB, the company number of Bosnia and Herzegovina: thirteen digits. Its check digit has no source we trust. */
export function checkJib(text: string): CompanyNumberCheck {
  const fault = faultOfDigits(withoutSeparators(text), 13)
  return fault ? bad(fault) : { ok: true, kind: 'jib' }
}
