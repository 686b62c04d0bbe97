import type { Refuse } from '../fault.ts'
import { extensionsOf, textOf, type Moddle } from '../moddle.ts'

/** What an element must obey by how it is drawn. Whether its expressions can be evaluated is for the readers to find. */
export type Rule = (element: Moddle, refuse: Refuse) => void

/** Whether the attribute of an extension says something. */
export function hasText(extension: Moddle, attribute: string): boolean {
  return Boolean(textOf(extension, attribute))
}

/** How many extensions of these types an element has. */
export function countOf(element: Moddle, ...types: string[]): number {
  return types.reduce((count, type) => count + extensionsOf(element, type).length, 0)
}
