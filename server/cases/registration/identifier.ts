import { localDay } from '../../rules/countDays.ts'
import { checkPersonalNumber, type PersonalNumberCheck } from '../../rules/identifiers/index.ts'
import { plainNumber, plainPassport } from '../applicant.ts'
import type { Context } from '../context.ts'

/** By which number a person is known: the country's personal number, or a passport where they have none. */
export interface StatedNumber {
  numberKind: 'personal-number' | 'passport'
  number: string
}

/** The number as it is hashed; null when none was given. A passport's may be the same digits as a personal number. */
export function identifierOf({ numberKind, number }: StatedNumber): string | null {
  const plain = plainNumber({ kind: 'person', number })
  if (plain === '') return null
  return numberKind === 'passport' ? plainPassport(number) : plain
}

/** Keyed hash of the number; null when none was given. */
export function identifierHashFor({ keys, tenant }: Pick<Context, 'keys' | 'tenant'>, stated: StatedNumber): Buffer | null {
  const plain = identifierOf(stated)
  return plain === null ? null : keys.identifierHash(tenant.id, plain)
}

/** What the number tells of the person; undefined of a passport's, which tells nothing. */
export function readNumber({ tenant, clock }: Pick<Context, 'tenant' | 'clock'>, stated: StatedNumber): PersonalNumberCheck | undefined {
  if (stated.numberKind === 'passport' || stated.number === '') return undefined
  return checkPersonalNumber(tenant.country, stated.number, localDay(clock.now(), tenant.timeZone))
}
