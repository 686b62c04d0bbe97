import { Language, languages } from '../contract/words.ts'
import { cookieNames } from '../cookies.ts'
import type { Asked, Town } from '../web.ts'

/**
 * The language for a page, by the same rule as the page's own: what was chosen before, else the first that the browser
 * asks for and the town speaks, else the town's first.
 */
export function readerLanguage(ctx: Asked, town: Town | undefined): Language {
  const offered: readonly Language[] = town?.languages ?? languages
  const first = town?.firstLanguage ?? 'sr-Latn'
  const chosen = Language.safeParse(ctx.cookies.get(cookieNames.language)).data
  if (chosen && offered.includes(chosen)) return chosen
  for (const wanted of ctx.acceptsLanguages()) {
    const exact = offered.find((each) => each.toLowerCase() === wanted.toLowerCase())
    const found = exact ?? offered.find((each) => each.slice(0, 2) === wanted.slice(0, 2).toLowerCase())
    // A browser that says only "sr" leaves the script to the town.
    if (found) return found.startsWith('sr') && first.startsWith('sr') ? first : found
  }
  return first
}
