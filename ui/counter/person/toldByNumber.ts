import { ageOn } from '../../../server/rules/ageOn.ts'
import { checkPersonalNumber, type IdentifierFault, type Sex } from '../../../server/rules/identifiers/index.ts'
import type { Typed } from '../desk/desk.ts'

/** What a number tells; `bornOn` is null and the age zero where it tells no birthday. */
export type Told =
  | { ok: true; bornOn: string; sex: Sex | null; age: number }
  | { ok: true; bornOn: null; sex: Sex | null; age: 0 }
  | { ok: false; fault: IdentifierFault }

/** What the number that was typed tells of its holder, before anybody is asked. A passport's number tells nothing. */
export function toldByNumber({ numberKind, number }: Pick<Typed, 'numberKind' | 'number'>, country: string, today: string): Told {
  if (numberKind === 'passport') return { ok: true, bornOn: null, sex: null, age: 0 }
  const check = checkPersonalNumber(country, number, today)
  if (!check.ok) return check
  const sex = check.sex ?? null
  const bornOn = check.birthDate
  return bornOn ? { ok: true, bornOn, sex, age: ageOn(bornOn, today) } : { ok: true, bornOn: null, sex, age: 0 }
}
