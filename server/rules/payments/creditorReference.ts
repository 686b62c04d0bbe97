import { model97 } from './model97.ts'

/** A reference that every bank of the euro area checks (ISO 11649): `539007547034` → `RF18539007547034`. At most 21 letters and digits. */
export function creditorReference(text: string): string {
  if (!/^[0-9A-Z]{1,21}$/.test(text)) throw new RangeError('Expected a reference of at most 21 letters and digits but got another')
  // ISO 7064 over the reference with RF00 behind it: model97 brings the two zeros.
  return `RF${model97(`${text}RF`)}${text}`
}

/** Whether its check digits are right; blanks do not matter. */
export function isCreditorReference(text: string): boolean {
  const plain = text.replace(/\s/g, '').toUpperCase()
  return /^RF\d\d[0-9A-Z]{1,21}$/.test(plain) && creditorReference(plain.slice(4)) === plain
}
