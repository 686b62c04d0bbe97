import { toLatin } from '../../../server/rules/scripts/index.ts'

/** Is this key the letter of the reader's text file? A keyboard that writes no Latin letters is read by its physical key. */
export function isLetter(event: KeyboardEvent, letter: string): boolean {
  const typed = event.key.toUpperCase()
  const latin = toLatin(letter).toUpperCase()
  return typed === letter.toUpperCase() || typed === latin || (!/^[A-Z]$/.test(typed) && event.code === `Key${latin}`)
}

/** Does the key belong to what is being typed, chosen or held with another key? Then it is none of ours. */
export function isTaken(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || event.isComposing) return true
  const target = event.target
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"], dialog, .menu-panel') !== null
}
