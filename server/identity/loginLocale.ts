/**
 * Keycloak chooses by the language alone and cannot tell two scripts of one language apart (26.7, tried with ui_locales and kc_locale).
 * So Serbian in Latin letters goes by `sh`, which Unicode's CLDR keeps as an alias of sr-Latn; the login theme says sr-Latn to the
 * browser again.
 */
const byLocale: Readonly<Record<string, string>> = { 'sr-Latn': 'sh', 'sr-Cyrl': 'sr', bg: 'bg', ro: 'ro', hu: 'hu', en: 'en' }

/** What to ask of Keycloak as `ui_locales` for one of our six languages. */
export function loginLocale(locale: string): string {
  return byLocale[locale] ?? 'en'
}

/** Keycloak's names of all six, in our order. */
export const loginLocales: readonly string[] = Object.values(byLocale)

/** Which of our languages Keycloak means by one of its names; undefined for any other. */
export function languageOfLocale(locale: string): string | undefined {
  return Object.keys(byLocale).find((language) => byLocale[language] === locale)
}
