import { shallowRef } from 'vue'

/** What has just been done, for eye and ear. */
export interface Said {
  sentence: string
  /** Takes the deed back. With it the sentence floats for a while; without it, it stands on the page it leads to. */
  undo?: () => Promise<void>
}
export const said = shallowRef<Said | null>(null)
let onItsWay = false

/** Says one sentence; the one before goes. */
export function say(sentence: string, undo?: () => Promise<void>): void {
  said.value = { sentence, undo }
  onItsWay = undo === undefined
}

/** The page has changed: a sentence arrives with it, and leaves with the next. */
export function turnPage(): void {
  if (!onItsWay && !said.value?.undo) said.value = null
  onItsWay = false
}
