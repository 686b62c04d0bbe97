import type { SimilarPerson } from '../../../server/http/contract/registration.ts'
import { searchKey } from '../../../server/rules/searchKey.ts'
import type { Typed } from '../desk/desk.ts'

export type Difference = 'familyName' | 'givenName' | 'bornOn' | 'number' | 'noNumber'

/** In what somebody the town knows differs from what was typed; script and marks are no difference. */
export function whatDiffers(
  person: Pick<SimilarPerson, 'familyName' | 'givenName' | 'bornOn' | 'numberMask' | 'sameNumber'>,
  typed: Pick<Typed, 'familyName' | 'givenName' | 'number'>,
  bornOn: string | null,
): Difference[] {
  const isOther = (one: string, other: string): boolean => other.trim() !== '' && searchKey(one) !== searchKey(other)
  const found: (Difference | false)[] = [
    isOther(person.familyName, typed.familyName) && 'familyName',
    isOther(person.givenName, typed.givenName) && 'givenName',
    person.bornOn !== null && bornOn !== null && person.bornOn !== bornOn && 'bornOn',
    !person.sameNumber && (person.numberMask === '' ? 'noNumber' : typed.number !== '' && 'number'),
  ]
  return found.filter((each) => each !== false)
}
