import type { Language } from '../../../server/http/contract/words.ts'
import { toLatin } from '../../../server/rules/scripts/index.ts'

/** Where and in which language a date is read. `timeZone` is the town's, never the reader's. */
export interface Reader {
  language: Language
  timeZone: string
}
type Parts = Record<'year' | 'month' | 'day' | 'hour' | 'minute', number>

const weekdays: Readonly<Record<string, readonly string[]>> = {
  sr: ['недеља', 'понедељак', 'уторак', 'среда', 'четвртак', 'петак', 'субота'],
  srOf: ['недеље', 'понедељка', 'уторка', 'среде', 'четвртка', 'петка', 'суботе'],
  bg: ['неделя', 'понеделник', 'вторник', 'сряда', 'четвъртък', 'петък', 'събота'],
  ro: ['duminică', 'luni', 'marți', 'miercuri', 'joi', 'vineri', 'sâmbătă'],
  hu: ['vasárnap', 'hétfő', 'kedd', 'szerda', 'csütörtök', 'péntek', 'szombat'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
}
const months: Readonly<Record<string, readonly string[]>> = {
  sr: ['јануар', 'фебруар', 'март', 'април', 'мај', 'јун', 'јул', 'август', 'септембар', 'октобар', 'новембар', 'децембар'],
  srOf: ['јануара', 'фебруара', 'марта', 'априла', 'маја', 'јуна', 'јула', 'августа', 'септембра', 'октобра', 'новембра', 'децембра'],
  bg: ['януари', 'февруари', 'март', 'април', 'май', 'юни', 'юли', 'август', 'септември', 'октомври', 'ноември', 'декември'],
  ro: [
    'ianuarie', 'februarie', 'martie', 'aprilie', 'mai', 'iunie', 'iulie', 'august', 'septembrie', 'octombrie', 'noiembrie', 'decembrie',
  ],
  hu: [
    'január', 'február', 'március', 'április', 'május', 'június', 'július', 'augusztus', 'szeptember', 'október', 'november', 'december',
  ],
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
}

/** `yyyy-mm-dd` of an instant in the town's own time. */
export function dayOf(instant: string, timeZone: string): string {
  const { year, month, day } = partsOf(instant, timeZone)
  return `${year}-${two(month)}-${two(day)}`
}

/** In digits: 24.11.2026. · 24.11.2026 г. · 24.11.2026 · 2026. 11. 24. · 24 November 2026. Takes an instant or a `yyyy-mm-dd`. */
export function dayInDigits(when: string, reader: Reader): string {
  const { year, month, day } = partsOf(when, reader.timeZone)
  if (reader.language === 'en') return unbroken(`${day} ${months['en']?.[month - 1]} ${year}`)
  if (reader.language === 'hu') return unbroken(`${year}. ${two(month)}. ${two(day)}.`)
  const digits = `${two(day)}.${two(month)}.${year}`
  return unbroken(reader.language === 'ro' ? digits : reader.language === 'bg' ? `${digits} г.` : `${digits}.`)
}

/** With the weekday, as one says it: среда, 2. децембар 2026. */
export function dayInWords(when: string, reader: Reader): string {
  return words(when, reader, '')
}

/** The same after "until": до среде, 2. децембра 2026. Other languages need no other form. */
export function dayInWordsOf(when: string, reader: Reader): string {
  return words(when, reader, 'Of')
}

/** 10.42 · 10.42 ч. · 10:42 */
export function timeOfDay(instant: string, reader: Reader): string {
  const { hour, minute } = partsOf(instant, reader.timeZone)
  return clockTime(`${two(hour)}:${two(minute)}`, reader.language)
}

/** Opening hours come as `07:30`: 7.30 · 7.30 ч. · 7:30 */
export function clockTime(hoursAndMinutes: string, language: Language): string {
  const [hour = '0', minute = '00'] = hoursAndMinutes.split(':')
  const colon = language === 'ro' || language === 'en'
  return unbroken(`${Number(hour)}${colon ? ':' : '.'}${minute}${language === 'bg' ? ' ч.' : ''}`)
}

/** 24.11.2026. 10.42 */
export function moment(instant: string, reader: Reader): string {
  const comma = reader.language === 'en' || reader.language === 'ro' ? ', ' : ' '
  return `${dayInDigits(instant, reader)}${comma}${timeOfDay(instant, reader)}`
}

/** Whole days from one `yyyy-mm-dd` to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

function words(when: string, { language, timeZone }: Reader, form: '' | 'Of'): string {
  const { year, month, day } = partsOf(when, timeZone)
  const base = language.startsWith('sr') ? 'sr' : language
  const key = base === 'sr' ? base + form : base
  const weekday = weekdays[key]?.[new Date(Date.UTC(year, month - 1, day)).getUTCDay()] ?? ''
  const name = months[key]?.[month - 1] ?? ''
  if (base === 'sr') {
    const text = `${weekday}, ${unbroken(`${day}. ${name} ${year}.`)}`
    return language === 'sr-Latn' ? toLatin(text) : text
  }
  if (base === 'hu') return `${unbroken(`${year}. ${name} ${day}.`)}, ${weekday}`
  if (base === 'en') return `${weekday} ${unbroken(`${day} ${name} ${year}`)}`
  return `${weekday}, ${unbroken(`${day} ${name} ${year}${base === 'bg' ? ' г.' : ''}`)}`
}

function partsOf(when: string, timeZone: string): Parts {
  const plain = /^(\d{4})-(\d\d)-(\d\d)$/.exec(when)
  if (plain) return { year: Number(plain[1]), month: Number(plain[2]), day: Number(plain[3]), hour: 0, minute: 0 }
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric',
  })
  const found = Object.fromEntries(format.formatToParts(new Date(when)).map((part) => [part.type, Number(part.value)]))
  const part = (name: keyof Parts): number => found[name] ?? 0
  return { year: part('year'), month: part('month'), day: part('day'), hour: part('hour'), minute: part('minute') }
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** Numbers, dates and codes are never broken across lines. */
function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0')
}
