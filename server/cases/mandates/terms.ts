import { localDay } from '../../rules/countDays.ts'
import type { FormFault, FormFaultCode } from '../../rules/form/index.ts'
import { checkCompanyNumber, checkPersonalNumber } from '../../rules/identifiers/index.ts'
import type { Context } from '../context.ts'
import { mandateDeeds, type Mandate, type MandateDeed, type MandateKind } from './mandate.ts'

/** What a mandate is to allow, as a door hands it over. */
export interface TermsGiven {
  kind: MandateKind
  /** Null: all procedures. */
  procedures: string[] | null
  deeds: MandateDeed[]
  /** `yyyy-mm-dd`; empty: today, and without an end. */
  validFrom: string
  validTo: string
}

/** A person or company as it is told. */
export interface PersonGiven {
  kind: 'person' | 'company'
  givenName: string
  /** The family name, or the whole name of a company. */
  familyName: string
  number: string
}

export const fault = (key: string, code: FormFaultCode): FormFault => ({ key, code, facts: {} })

/** What is wrong with the terms. Keys are those of {@link TermsGiven}. */
export function checkTerms(context: Context, given: TermsGiven): FormFault[] {
  const { packages, clock, tenant } = context
  const today = localDay(clock.now(), tenant.timeZone)
  const from = given.validFrom || today
  return [
    ...(given.procedures?.length === 0 || given.procedures?.some((id) => !packages.newest(id)) ? [fault('procedures', 'not-an-option')] : []),
    ...(given.kind !== 'helper' && given.deeds.length === 0 ? [fault('deeds', 'required')] : []),
    ...(given.validTo && given.validTo < today ? [fault('validTo', 'date-passed')] : []),
    ...(given.validTo && given.validTo >= today && given.validTo < from ? [fault('validTo', 'not-a-date')] : []),
  ]
}

/** The terms as they are kept. A helper may do nothing in another's name. */
export function keptTerms(
  { clock, tenant }: Context, given: TermsGiven,
): Pick<Mandate, 'kind' | 'procedures' | 'deeds' | 'validFrom' | 'validTo'> {
  return {
    kind: given.kind,
    procedures: given.procedures,
    deeds: given.kind === 'helper' ? [] : mandateDeeds.filter((deed) => given.deeds.includes(deed)),
    validFrom: given.validFrom || localDay(clock.now(), tenant.timeZone),
    validTo: given.validTo || null,
  }
}

/**
 * What is wrong with a person or company told. A number is needed: it alone says who is meant. To staff, who see a paper, a wrong
 * check digit is a warning, since old registers hold wrong numbers.
 */
export function checkPerson({ actor, clock, tenant }: Context, key: string, given: PersonGiven): FormFault[] {
  const faults: FormFault[] = []
  if (given.kind === 'person' && !given.givenName) faults.push(fault(`${key}.givenName`, 'required'))
  if (!given.familyName) faults.push(fault(`${key}.familyName`, 'required'))
  if (!given.number) return [...faults, fault(`${key}.number`, 'required')]
  const check = given.kind === 'company'
    ? checkCompanyNumber(tenant.country, given.number)
    : checkPersonalNumber(tenant.country, given.number, localDay(clock.now(), tenant.timeZone))
  if (check.ok) return faults
  const isWarning = actor.kind === 'staff' && check.fault === 'check-digit'
  return [...faults, { ...fault(`${key}.number`, check.fault), ...(isWarning && { warning: true as const }) }]
}

/** A company is acted for by its representative, or by a proxy; a guardian acts for a person. */
export function checkKind(kind: MandateKind, forKind: PersonGiven['kind']): FormFault[] {
  const fits = forKind === 'company' ? kind !== 'guardian' : kind !== 'company-representative'
  return fits ? [] : [fault('kind', 'not-an-option')]
}
