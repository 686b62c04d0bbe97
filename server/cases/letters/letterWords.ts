import { DateTime } from 'luxon'
import { Decimal } from 'decimal.js'
import { FeelFunction, isBoolean, isNumber, isString, type FeelValue } from '../../rules/feel/index.ts'
import { formatMoney } from '../../rules/money.ts'
import { toLatin } from '../../rules/scripts/index.ts'

/** What a letter's fields may call besides FEEL's own functions. */
export const letterFunctions = ['longDate', 'money', 'text'] as const

/** Everything that depends on the letter's language. */
export interface LetterLanguage {
  /** sr-Latn, sr-Cyrl, bg, ro, hu, en. */
  locale: string
  timeZone: string
  /** The word at a text key of the procedure; undefined when there is none. */
  textAt(key: string): string | undefined
}

/** The functions of {@link letterFunctions}, as values for the letter's scope. */
export function makeLetterFunctions(language: LetterLanguage): Record<(typeof letterFunctions)[number], FeelFunction> {
  return {
    longDate: new FeelFunction(['day'], ([day]) => (day === undefined || day === null ? null : longDate(String(day), language))),
    money: new FeelFunction(['minor', 'currency'], ([minor, currency]) => {
      if (!isNumber(minor ?? null) || !isString(currency ?? null)) return null
      return formatMoney({ minor: (minor as Decimal).toNumber(), currency: currency as string }, language.locale)
    }),
    text: new FeelFunction(['key'], ([key]) => (isString(key ?? null) ? (language.textAt(key as string) ?? null) : null)),
  }
}

/** A field's value as words: nothing for null, so that a missing answer leaves a gap and not the word "null". */
export function inWords(value: FeelValue): string | boolean {
  if (value === null) return ''
  if (isBoolean(value)) return value
  return String(value)
}

const shortPatterns: Readonly<Record<string, string>> = {
  'sr-Cyrl': 'd. M. yyyy.', 'sr-Latn': 'd. M. yyyy.', bg: 'd.MM.yyyy', ro: 'd.MM.yyyy', hu: 'yyyy. M. d.', en: 'd/M/yyyy',
}

/** A day in figures, for where letters are counted: "24. 12. 2026." */
export function shortDate(iso: string, { locale, timeZone }: Pick<LetterLanguage, 'locale' | 'timeZone'>): string {
  const date = DateTime.fromISO(iso, { zone: timeZone })
  return date.isValid ? date.toFormat(shortPatterns[locale] ?? shortPatterns.en!) : iso
}

// A date stands in the genitive, which no locale data has for Serbian: 24. новембра 2026.
const serbianMonths = [
  'јануара', 'фебруара', 'марта', 'априла', 'маја', 'јуна', 'јула', 'августа', 'септембра', 'октобра', 'новембра', 'децембра',
]

const datePatterns: Readonly<Record<string, { format: string; locale: string }>> = {
  bg: { format: "d MMMM yyyy 'г.'", locale: 'bg-BG' },
  ro: { format: 'd MMMM yyyy', locale: 'ro-RO' },
  hu: { format: 'yyyy. MMMM d.', locale: 'hu-HU' },
  en: { format: 'd MMMM yyyy', locale: 'en-GB' },
}

/** A day (`yyyy-mm-dd`) or an instant in the words of an official letter; the text itself when it is neither. */
export function longDate(iso: string, { locale, timeZone }: Pick<LetterLanguage, 'locale' | 'timeZone'>): string {
  const date = DateTime.fromISO(iso, { zone: timeZone })
  if (!date.isValid) return iso
  if (locale === 'sr-Cyrl' || locale === 'sr-Latn') {
    const words = `${date.day}. ${serbianMonths[date.month - 1]} ${date.year}.`
    return locale === 'sr-Latn' ? toLatin(words) : words
  }
  const pattern = datePatterns[locale] ?? datePatterns.en!
  return date.setLocale(pattern.locale).toFormat(pattern.format)
}
