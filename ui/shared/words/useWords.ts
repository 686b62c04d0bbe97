import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Deadline } from '../../../server/http/contract/cases.ts'
import type { Term } from '../../../server/http/contract/catalogue.ts'
import type { Language, Money } from '../../../server/http/contract/words.ts'
import { formatMoney } from '../../../server/rules/money.ts'
import { useSession } from '../session.ts'
import { clockTime, dayInDigits, dayInWords, dayInWordsOf, moment, timeOfDay, type Reader } from './dates.ts'
import { sizeInWords } from './numbers.ts'
import { termState, type TermState } from './terms.ts'

/** Dates, terms, sums and sizes in the language of the page, or of the paper that is printed from it, and the time of the town. */
export function useWords(language?: () => Language) {
  const session = useSession()
  const { t } = useI18n()
  const reader = computed<Reader>(() => ({ language: language?.() ?? session.language, timeZone: session.town?.timeZone ?? 'Europe/Belgrade' }))

  return {
    day: (when: string): string => dayInDigits(when, reader.value),
    dayLong: (when: string): string => dayInWords(when, reader.value),
    dayUntil: (when: string): string => dayInWordsOf(when, reader.value),
    time: (instant: string): string => timeOfDay(instant, reader.value),
    clock: (hoursAndMinutes: string): string => clockTime(hoursAndMinutes, reader.value.language),
    moment: (instant: string): string => moment(instant, reader.value),
    money: (amount: Money): string => formatMoney(amount, reader.value.language),
    size: (bytes: number): string => sizeInWords(bytes, reader.value.language),
    /** 8 дана · 8 радних дана · 2 месеца */
    term: ({ kind, amount }: Pick<Term, 'kind' | 'amount'>): string => t(`term.${kind}`, amount, { locale: reader.value.language }),
    state: (deadline: Deadline): TermState => termState(deadline, new Date().toISOString(), reader.value.timeZone),
    /** The term's state as a sentence: још 5 дана, данас, касни 3 дана. */
    stateSentence: (state: TermState): string => t(`deadline.${state.word}`, state.days, { locale: reader.value.language }),
  }
}
