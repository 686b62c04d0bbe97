import { onBeforeUnmount, shallowRef, watch } from 'vue'
import type { CheckCitizen, CheckedCitizen } from '../../../server/http/contract/registration.ts'
import { checkCitizen } from '../../shared/api/index.ts'
import { typedDay } from '../desk/typedDay.ts'
import type { Typed } from '../desk/desk.ts'

const pauseMs = 300

/**
 * What the town says of the person while they are typed: what the number tells, whether they have an account, who is alike.
 * The last question wins; what was found stays until the next answer, so that nothing jumps.
 */
export function useCheck(typed: () => Typed, isOn: () => boolean) {
  const checked = shallowRef<CheckedCitizen | null>(null)
  const failure = shallowRef<unknown>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0

  /** Null: too little is typed to ask. */
  function question(): CheckCitizen | null {
    const { numberKind, number, givenName, familyName, bornOn, email } = typed()
    const named = givenName.trim() !== '' && familyName.trim() !== ''
    if (!isOn() || (number.replace(/\D/g, '').length < 8 && !named)) return null
    return { numberKind, number, givenName, familyName, bornOn: typedDay(bornOn) ?? undefined, email: email.includes('@') ? email : '' }
  }

  async function ask(): Promise<void> {
    clearTimeout(timer)
    const mine = ++asked
    const request = question()
    if (request === null) {
      checked.value = null
      return
    }
    try {
      const answer = await checkCitizen(request)
      if (mine === asked) [checked.value, failure.value] = [answer, null]
    } catch (error) {
      if (mine === asked) failure.value = error
    }
  }

  watch(() => JSON.stringify(question()), () => {
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), pauseMs)
  }, { immediate: true })
  onBeforeUnmount(() => clearTimeout(timer))
  return { checked, failure, ask }
}
