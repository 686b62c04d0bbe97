import type { Language } from '../../../server/http/contract/words.ts'

/** The order in which the forms of a counted word stand in a text, parted by `|`. */
const forms: Readonly<Record<Language, readonly Intl.LDMLPluralRule[]>> = {
  'sr-Latn': ['one', 'few', 'other'],
  'sr-Cyrl': ['one', 'few', 'other'],
  ro: ['one', 'few', 'other'],
  bg: ['one', 'other'],
  hu: ['other'],
  en: ['one', 'other'],
}

function ruleOf(language: Language): (count: number, choices: number) => number {
  const rules = new Intl.PluralRules(language)
  return (count, choices) => {
    const at = forms[language].indexOf(rules.select(Math.abs(count)))
    return Math.min(at < 0 ? forms[language].length - 1 : at, choices - 1)
  }
}

/** vue-i18n's `pluralRules`: 1 дан, 2 дана, 5 дана; 1 zi, 2 zile, 20 de zile. */
export const pluralRules = Object.fromEntries((Object.keys(forms) as Language[]).map((language) => [language, ruleOf(language)]))
