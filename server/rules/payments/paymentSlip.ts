import type { Money } from '../money.ts'
import { ipsQr } from './ipsQr.ts'
import { plain, type PaymentCountry } from './paymentReference.ts'

/** What stands on a payment slip, whichever way it is filled in. */
export interface PaymentSlip {
  payee: string
  account: string
  sum: Money
  purpose: string
  /** "97" in Serbia; null where a reference has no model. */
  model: string | null
  reference: string
  /** Serbia's code of the purpose; null elsewhere. */
  paymentCode: string | null
  /** Text of the IPS QR code, which any Serbian bank's app reads; null elsewhere. */
  ips: string | null
}

export interface SlipGiven {
  payee: string
  account: string
  paymentCode: string
  sum: Money
  purpose: string
  reference: string
}

/** The slip of a country. Words that are too long for the code are cut, because a code that no bank reads is worse than a short one. */
export function paymentSlip(country: PaymentCountry, given: SlipGiven): PaymentSlip {
  const { payee, account, sum, purpose, reference } = given
  if (country !== 'rs') return { payee, account, sum, purpose, reference, model: null, paymentCode: null, ips: null }
  const oneLine = (text: string, longest: number): string => text.replace(/[|\s]+/g, ' ').trim().slice(0, longest).trim()
  const ips = ipsQr({
    account, sum, paymentCode: given.paymentCode, payee: oneLine(payee, 70), purpose: oneLine(purpose, 35), reference: `97${plain(reference)}`,
  })
  return { payee, account, sum, purpose, reference, model: '97', paymentCode: given.paymentCode, ips }
}
