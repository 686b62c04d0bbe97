import { expect } from 'vitest'
import { checkPersonalNumber } from '../../server/rules/identifiers/index.ts'

/** Whatever looks like the number of a living person in one of our countries: ten or thirteen digits that check out. */
export function personalNumbersIn(text: string): string[] {
  // A word of its own: inside an id that is made by chance, ten digits in a row are no number.
  const candidates = text.match(/\b(?:\d{10}|\d{13})\b/g) ?? []
  return candidates.filter((digits) => ['rs', 'bg', 'ro'].some((country) => checkPersonalNumber(country, digits).ok))
}

/** Nothing of a person's number belongs into a log. */
export function expectNoPersonalNumbers(lines: readonly string[]): void {
  expect(lines.filter((line) => personalNumbersIn(line).length > 0), 'log lines with a personal number').toEqual([])
}
