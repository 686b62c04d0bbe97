/**
 * The `lang` to show a name with: its letters decide how it is drawn and read out. Undefined where they say nothing.
 * `official` is the town's official language: it parts Bulgarian from Serbian Cyrillic.
 */
export function languageOfName(name: string, official: string | undefined): string | undefined {
  if (/[\u0400-\u04ff]/.test(name)) return official === 'bg' ? 'bg' : 'sr-Cyrl'
  if (/[őű]/i.test(name)) return 'hu'
  if (/[șță]/i.test(name)) return 'ro'
  return /[đčćžš]/i.test(name) ? 'sr-Latn' : undefined
}
