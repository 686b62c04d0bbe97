/** A pointer that is down has not clicked yet. */
let down = false
window.addEventListener('pointerdown', () => (down = true), { capture: true })
for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, () => (down = false), { capture: true })

/**
 * Does something that may move the page, but not under a finger: leaving a field by a press waits until the press has become a click.
 * Without a pointer it happens at once.
 */
export function afterPointer(action: () => void): void {
  if (!down) return action()
  const wait = (): void => {
    for (const end of ['pointerup', 'pointercancel']) window.removeEventListener(end, wait)
    // The click comes right after the pointer is up.
    setTimeout(action, 60)
  }
  for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, wait)
}
