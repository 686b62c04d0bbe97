/** Does the key belong to what is being typed, chosen or held with another key? Then it is none of ours. */
export function isTaken(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || event.isComposing) return true
  const target = event.target
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"], dialog, .menu-panel') !== null
}
