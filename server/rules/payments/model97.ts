/**
 * Check digits by model 97 (ISO 7064 mod 97,10) of a Serbian account or payment reference: letters count A = 10 to Z = 35,
 * two zeros are appended, the remainder by 97 is taken from 98. Two digits; `text` without the digits themselves.
 */
export function model97(text: string): string {
  const plain = text.toUpperCase().replace(/[\s-]/g, '')
  if (!/^[0-9A-Z]+$/.test(plain)) throw new RangeError('Expected letters and digits for model 97 but got something else')
  let rest = 0
  for (const character of plain) {
    const value = parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return String(98 - ((rest * 100) % 97)).padStart(2, '0')
}

/** A reference with its check digits before it, as payers type it: `058` → `21-058`. */
export function withModel97(reference: string): string {
  return `${model97(reference)}-${reference}`
}

/** Whether the first two digits of a reference are the check digits of the rest. */
export function isModel97(reference: string): boolean {
  const plain = reference.replace(/[\s-]/g, '').toUpperCase()
  return /^\d\d[0-9A-Z]+$/.test(plain) && model97(plain.slice(2)) === plain.slice(0, 2)
}
