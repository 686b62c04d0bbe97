import { toLatin } from './toLatin.ts'

/** Any tree of texts, as `texts/<language>.json` keeps them. */
export type Texts = string | readonly Texts[] | { readonly [key: string]: Texts }

/** The Latin twin of Serbian texts kept in Cyrillic. Keys stay, values are rewritten; the given object is not changed. */
export function latinTexts<T extends Texts>(texts: T): T {
  return rewrite(texts) as T
}

function rewrite(texts: Texts): Texts {
  if (typeof texts === 'string') return toLatin(texts)
  if (Array.isArray(texts)) return texts.map(rewrite)
  return Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, rewrite(value as Texts)]))
}
