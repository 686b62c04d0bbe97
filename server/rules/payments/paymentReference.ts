import { creditorReference, isCreditorReference } from './creditorReference.ts'
import { isModel97, withModel97 } from './model97.ts'

export type PaymentCountry = 'rs' | 'ba' | 'bg' | 'ro'

/**
 * The reference that a payer types: it alone says what a sum is for. `digits`: the case's own, ten of them.
 * Serbia: model 97 over the municipality's code and the digits, `81-2320123456789`. Bulgaria and Romania: ISO 11649. Bosnia, whose
 * slips know no model for this: the digits behind the municipality's code.
 */
export function paymentReference(country: PaymentCountry, townCode: string, digits: string): string {
  if (!/^\d{10}$/.test(digits)) throw new RangeError('Expected ten digits for a payment reference but got another')
  if (country === 'rs') return withModel97(`${townCode}${digits}`)
  if (country === 'ba') return `${townCode}${digits}`
  return creditorReference(`${townCode}${digits}`)
}

/** A mistyped reference is known before anybody looks for it. */
export function isPaymentReference(country: PaymentCountry, text: string): boolean {
  if (country === 'rs') return readings(country, text).some(isModel97)
  return country === 'ba' ? /^\d{10,20}$/.test(plain(text)) : isCreditorReference(text)
}

/**
 * The ways in which a bank may mean what it tells, as they are kept: letters and digits alone. In Serbia the model may stand before
 * the reference (9781232…), and nothing but the reference itself tells whether it does.
 */
export function readings(country: PaymentCountry, text: string): string[] {
  const told = plain(text)
  return country === 'rs' && told.startsWith('97') ? [told, told.slice(2)] : [told]
}

/** As it is looked for. */
export function plain(reference: string): string {
  return reference.replace(/[^0-9A-Za-z]/g, '').toUpperCase()
}
