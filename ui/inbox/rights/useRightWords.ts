import { useI18n } from 'vue-i18n'
import type { RightLine } from './linesOf.ts'

/** The words of the table of rights in the reader's language. */
export function useRightWords() {
  const { t, te } = useI18n()
  const party = (id: string): string => (te(`roles.${id}`) ? t(`roles.${id}`) : t(`inbox.rights.parties.${id}`))
  return {
    party,
    parties: (ids: readonly string[]): string => ids.map(party).join(', '),
    deed: (id: string): string => t(`inbox.rights.what.${id}`),
    /** On what and when, as one phrase: "in their own unit, while the case is open". */
    where({ on, when }: RightLine): string {
      // "Without limit" is said only where nothing else is.
      const told = on.filter((each) => each !== 'any' || (on.length === 1 && when.length === 0))
      return [...told.map((each) => t(`inbox.rights.on.${each}`)), ...when.map((each) => t(`inbox.rights.when.${each}`))].join(', ')
    },
  }
}
