import { isLetter } from '../../shared/isLetter.ts'

/** What a key of the counter does, in the order of the keyboard. Each has a twin: Alt and the letter `counter.keys.alt.<deed>`. */
export const deskKeys = {
  help: 'F1', find: 'F2', newPerson: 'F3', service: 'F4', papers: 'F6', next: 'F9', send: 'F10', aside: 'Escape',
} as const
export type DeskDeed = keyof typeof deskKeys
export const deskDeeds = Object.keys(deskKeys) as DeskDeed[]

/** The deed a key asks for, wherever the focus is; what is typed into a dialog or held with other keys asks for none. */
export function deedOf(event: KeyboardEvent, letter: (deed: DeskDeed) => string): DeskDeed | undefined {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return undefined
  const at = event.target as Element | null
  if (at?.closest?.('dialog, .menu-panel')) return undefined
  if (event.altKey) return deskDeeds.find((deed) => isLetter(event, letter(deed)))
  return deskDeeds.find((deed) => deskKeys[deed] === event.key)
}

/** As it stands on the keyboard. */
export function keyName(deed: DeskDeed): string {
  return deskKeys[deed] === 'Escape' ? 'Esc' : deskKeys[deed]
}
