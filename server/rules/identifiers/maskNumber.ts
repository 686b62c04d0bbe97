import { withoutSeparators } from './identifier.ts'

const shown = 3

/** A number as lists and logs may show it: dots for all but its last three places, e.g. "•••••••••• 018". */
export function maskNumber(text: string): string {
  const number = withoutSeparators(text)
  if (number.length <= shown) return '•'.repeat(number.length)
  return `${'•'.repeat(number.length - shown)}\u00a0${number.slice(-shown)}`
}
