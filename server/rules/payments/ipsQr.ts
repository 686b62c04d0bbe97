import type { Money } from '../money.ts'
import { fullAccount } from './account.ts'

/** A payment to a public or other account, to be scanned from a screen or paper. */
export interface IpsPayment {
  /** "840-742221843-57" or 18 digits. */
  account: string
  /** At most 70 characters in at most 3 lines. */
  payee: string
  sum: Money
  /** Three digits; 153 and 253 are public revenue. */
  paymentCode: string
  payer?: string
  /** At most 35 characters, one line. */
  purpose?: string
  /** Model and reference without a dash, e.g. "9721058"; "00" before a reference without a model. */
  reference?: string
}

/**
 * The text of an IPS QR code for a printed bill (PR), by the rules of the National Bank of Serbia.
 * Throws RangeError when a value breaks them: a code that no bank reads is worse than none.
 */
export function ipsQr({ account, payee, sum, paymentCode, payer, purpose, reference }: IpsPayment): string {
  const full = fullAccount(account)
  if (!full) throw new RangeError('Expected a Serbian account with good check digits but got another')
  if (sum.currency !== 'RSD' || sum.minor <= 0) throw new RangeError(`Expected a sum in RSD but got ${sum.minor} ${sum.currency}`)
  if (!/^\d{3}$/.test(paymentCode)) throw new RangeError(`Expected a payment code of three digits but got ${paymentCode}`)
  if (reference !== undefined && !/^\d{2}[0-9A-Z-]{1,23}$/.test(reference)) {
    throw new RangeError('Expected model and reference of at most 25 places but got another')
  }

  const whole = String(sum.minor).padStart(3, '0')
  const tags: [string, string | undefined][] = [
    ['K', 'PR'],
    ['V', '01'],
    ['C', '1'],
    ['R', full],
    ['N', within('payee', payee, 70, 3)],
    ['I', `RSD${whole.slice(0, -2)},${whole.slice(-2)}`],
    ['P', payer && within('payer', payer, 70, 3)],
    ['SF', paymentCode],
    ['S', purpose && within('purpose', purpose, 35, 1)],
    ['RO', reference],
  ]
  return tags.flatMap(([tag, value]) => (value ? `${tag}:${value}` : [])).join('|')
}

function within(what: string, value: string, longest: number, lines: number): string {
  if (value.includes('|') || value.length > longest || value.split('\n').length > lines) {
    throw new RangeError(`Expected a ${what} of at most ${longest} characters in ${lines} lines, without "|", but got another`)
  }
  return value
}
