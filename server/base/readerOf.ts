/** The languages of the simulators' pages. */
export type ReaderLanguage = 'sr-Cyrl' | 'sr-Latn' | 'bg' | 'ro' | 'hu' | 'en'

/** The first language of an Accept-Language header that we speak; else Serbian in Latin letters. */
export function readerOf(acceptLanguage: string): ReaderLanguage {
  for (const part of acceptLanguage.split(',')) {
    const tag = part.split(';')[0]!.trim()
    if (tag.startsWith('sr')) return tag.includes('Cyrl') ? 'sr-Cyrl' : 'sr-Latn'
    const known = (['bg', 'ro', 'hu', 'en'] as const).find((language) => tag.startsWith(language))
    if (known) return known
  }
  return 'sr-Latn'
}
