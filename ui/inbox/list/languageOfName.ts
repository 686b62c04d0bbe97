/**
 * The `lang` a name is shown with, read from its letters: it decides their shapes and how they are read out. Undefined
 * where the letters say nothing and the page's own language does.
 */
export function languageOfName(name: string, official: string | undefined): string | undefined {
  if (/[őűŐŰ]/.test(name)) return 'hu'
  if (/[șțăȘȚĂ]/.test(name)) return 'ro'
  if (/[đčćžšĐČĆŽŠ]/.test(name)) return 'sr-Latn'
  if (/[\u0400-\u04ff]/.test(name)) return official === 'bg' ? 'bg' : 'sr-Cyrl'
  return undefined
}
