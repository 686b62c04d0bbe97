import { refuse } from '../../base/errors.ts'
import { ageOn } from '../../rules/ageOn.ts'
import { localDay } from '../../rules/countDays.ts'
import type { FormFault } from '../../rules/form/index.ts'
import type { Sex } from '../../rules/identifiers/index.ts'
import { isEmail } from '../../rules/isEmail.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'
import { findSimilar, type SimilarPerson } from '../people/findSimilar.ts'
import { numberHasAccount, withAccount } from '../store/accountRows.ts'
import { registrationsUnderWay } from '../store/registrationRows.ts'
import { identifierHashFor, readNumber, type StatedNumber } from './identifier.ts'
import { registrationPackage } from './registrationPackage.ts'

/** Somebody at the counter, as far as the clerk has typed. */
export interface DescribedCitizen extends StatedNumber {
  givenName: string
  familyName: string
  bornOn?: string | undefined
  email: string
}

export interface CheckedCitizen {
  faults: FormFault[]
  bornOn: string | null
  sex: Sex | null
  /** Whole years today; null while nothing tells it. */
  age: number | null
  oldEnough: boolean | null
  account: 'none' | 'of-this-person' | 'of-this-address' | 'registration-under-way'
  similar: (SimilarPerson & { hasAccount: boolean })[]
}

/**
 * What the town knows of somebody before they are registered: what the number tells, whether they have an account, and who is like
 * them. Changes nothing. Refuses ('not-allowed') who may not register.
 */
export async function checkCitizen(context: Context, described: DescribedCitizen): Promise<CheckedCitizen> {
  const { actor, clock, db, installation, tenant } = context
  if (!may(actor, 'citizen.register')) refuse('not-allowed', 'not-allowed')
  const { minimumAge } = registrationPackage(context).procedure.account
  const read = readNumber(context, described)
  const told = read?.ok ? read : undefined
  const bornOn = told?.birthDate ?? described.bornOn
  const age = bornOn ? ageOn(bornOn, localDay(clock.now(), tenant.timeZone)) : null
  const isAddress = isEmail(described.email)
  const isTaken = isAddress && (await installation.citizens.isTaken(described.email))
  const identifierHash = identifierHashFor(context, described)
  return db.transaction(async (trx) => {
    const found = await findSimilar(trx, {
      identifierHash, givenName: described.givenName, familyName: described.familyName, bornOn: bornOn ?? null,
    })
    const having = await withAccount(trx, found.map(({ person }) => person.id))
    const hasAccount = identifierHash !== null && (await numberHasAccount(trx, identifierHash))
    const underWay = await registrationsUnderWay(trx, { identifierHash, email: described.email })
    return {
      faults: faultsOf(described, read && !read.ok ? read.fault : undefined, isAddress),
      bornOn: told?.birthDate ?? null,
      sex: told?.sex ?? null,
      age,
      oldEnough: age === null ? null : age >= minimumAge,
      account: hasAccount ? 'of-this-person' : underWay.length > 0 ? 'registration-under-way' : isTaken ? 'of-this-address' : 'none',
      similar: found.map((each) => ({ ...each, hasAccount: having.has(each.person.id) })),
    }
  })
}

function faultsOf(described: DescribedCitizen, number: FormFault['code'] | undefined, isAddress: boolean): FormFault[] {
  return [
    ...(number ? [{ key: 'number', code: number, facts: {}, warning: true as const }] : []),
    ...(described.email !== '' && !isAddress ? [{ key: 'email', code: 'not-an-email' as const, facts: {} }] : []),
  ]
}
