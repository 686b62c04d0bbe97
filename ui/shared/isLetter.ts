import { toLatin } from '../../server/rules/scripts/index.ts'

/** Is this key the letter of the reader's text file? A keyboard that writes no Latin letters is read by its physical key. */
export function isLetter(event: KeyboardEvent, letter: string): boolean {
  const typed = event.key.toUpperCase()
  const latin = toLatin(letter).toUpperCase()
  return typed === letter.toUpperCase() || typed === latin || (!/^[A-Z]$/.test(typed) && event.code === `Key${latin}`)
}
