/** A sum in the smallest unit of its currency (para, cent, stotinka, ban), always whole. Never a fraction, never a float. */
export interface Money {
  readonly minor: number
  /** ISO 4217 code. */
  readonly currency: string
}

interface Writing {
  thousands: string
  decimal: string
  /** Where the currency stands. */
  place: 'before' | 'after'
}

const space = '\u00a0'

const writings: Readonly<Record<string, Writing>> = {
  sr: { thousands: '.', decimal: ',', place: 'after' },
  bg: { thousands: space, decimal: ',', place: 'after' },
  ro: { thousands: '.', decimal: ',', place: 'after' },
  hu: { thousands: space, decimal: ',', place: 'after' },
  en: { thousands: ',', decimal: '.', place: 'before' },
}

const signs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  RSD: {},
  EUR: { sr: '€', bg: '€', ro: '€', hu: '€', en: '€' },
  BGN: { sr: 'BGN', bg: 'лв.', ro: 'BGN', hu: 'BGN', en: 'BGN' },
  RON: { sr: 'RON', bg: 'RON', ro: 'lei', hu: 'lej', en: 'RON' },
  BAM: { sr: 'KM', bg: 'KM', ro: 'KM', hu: 'KM', en: 'BAM' },
}

/** A sum. Refuses fractions of the smallest unit: they are a mistake of whoever calculated. */
export function money(minor: number, currency: string): Money {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`Expected whole minor units of ${currency} but got ${minor}`)
  return { minor, currency }
}

/** The sum of sums in one currency; of none, nothing of `currency`. */
export function addMoney(currency: string, ...sums: readonly Money[]): Money {
  const other = sums.find((sum) => sum.currency !== currency)
  if (other) throw new RangeError(`Expected ${currency} but got ${other.currency}, so the sums cannot be added`)
  return money(sums.reduce((total, sum) => total + sum.minor, 0), currency)
}

/** `sum` taken `times`, a whole number: copies, pages, persons. */
export function timesMoney(sum: Money, times: number): Money {
  return money(sum.minor * times, sum.currency)
}

// Council Regulation fixing the rate of the lev: 1.95583 leva make one euro, half a cent goes up.
const stotinkiPer100000Cents = 195_583n

/** Old Bulgarian sums in the currency of 2026. Sums kept in a register stay in leva; this is for showing both. */
export function levaToEuro(sum: Money): Money {
  if (sum.currency !== 'BGN') throw new RangeError(`Expected BGN but got ${sum.currency}`)
  const doubled = BigInt(sum.minor) * 200_000n
  const sign = doubled < 0n ? -1n : 1n
  const cents = (sign * doubled + stotinkiPer100000Cents) / (2n * stotinkiPer100000Cents)
  return money(Number(sign * cents), 'EUR')
}

/**
 * A sum as people of `language` write it: "1.240,50 RSD", "2,56 €", "10 lei", "€2.56". Whole sums lose their zeros unless
 * `decimals` is 'always' (tables, acts). Spaces inside do not break. Language may carry a script: "sr-Latn".
 */
export function formatMoney(sum: Money, language: string, decimals: 'when-needed' | 'always' = 'when-needed'): string {
  const key = language.split('-')[0]!
  const writing = writings[key] ?? writings.en!
  const { sign, whole, part } = splitMinor(sum.minor)
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, writing.thousands)
  const amount = grouped + (part === '00' && decimals === 'when-needed' ? '' : writing.decimal + part)
  const currency = signs[sum.currency]?.[key] ?? sum.currency
  if (writing.place === 'after') return `${sign}${amount}${space}${currency}`
  return sign + currency + (currency.length > 1 ? space : '') + amount
}

/** The bare amount with a dot and two decimals, for files and machines: 52000 → "520.00". */
export function plainAmount(sum: Money): string {
  const { sign, whole, part } = splitMinor(sum.minor)
  return `${sign === '' ? '' : '-'}${whole}.${part}`
}

function splitMinor(minor: number): { sign: string; whole: string; part: string } {
  const digits = String(Math.abs(minor)).padStart(3, '0')
  return { sign: minor < 0 ? '−' : '', whole: digits.slice(0, -2), part: digits.slice(-2) }
}
