import type { Language } from '../../../server/http/contract/words.ts'

/** The six languages, in the order the menus show them. Each is written in itself. */
export const languages = ['sr-Latn', 'sr-Cyrl', 'bg', 'ro', 'hu', 'en'] as const satisfies readonly Language[]

export const languageNames: Readonly<Record<Language, string>> = {
  'sr-Latn': 'srpski', 'sr-Cyrl': 'српски', bg: 'български', ro: 'română', hu: 'magyar', en: 'English',
}

/** On the button that is open: for Serbian the script, since that is what is chosen. */
export const languageButtons: Readonly<Record<Language, string>> = { ...languageNames, 'sr-Latn': 'Latinica', 'sr-Cyrl': 'Ћирилица' }

/** Which file keeps a language's words: Serbian is kept once, in Cyrillic. */
export type TextFile = 'sr' | 'bg' | 'ro' | 'hu' | 'en'
export function textFileOf(language: Language): TextFile {
  return language === 'sr-Latn' || language === 'sr-Cyrl' ? 'sr' : language
}

export function isLanguage(text: string | null | undefined): text is Language {
  return languages.some((each) => each === text)
}

/** What this browser's person reads, if we speak it: asked for before, else the browser's own list. */
export function preferredLanguage(offered: readonly Language[], first: Language): Language {
  const kept = localStorage.getItem('salter.language')
  if (isLanguage(kept) && offered.includes(kept)) return kept
  for (const wanted of navigator.languages) {
    const found = offered.find((each) => each.toLowerCase() === wanted.toLowerCase())
      ?? offered.find((each) => each.slice(0, 2) === wanted.slice(0, 2).toLowerCase())
    // A browser that says only "sr" leaves the script to the town.
    if (found) return found.startsWith('sr') && first.startsWith('sr') ? first : found
  }
  return first
}

/** Kept here for the next visit and in a cookie, so that the server's page already speaks it. */
export function keepLanguage(language: Language): void {
  localStorage.setItem('salter.language', language)
  document.cookie = `salter_lang=${language}; path=/; max-age=31536000; samesite=lax`
}
