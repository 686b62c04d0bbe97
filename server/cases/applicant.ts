import { v7 as uuidv7 } from 'uuid'
import { localDay } from '../rules/countDays.ts'
import type { FormFault, FormFaultCode } from '../rules/form/index.ts'
import { checkCompanyNumber, checkPersonalNumber, maskNumber, type IdentifierFault } from '../rules/identifiers/index.ts'
import { searchKey } from '../rules/searchKey.ts'
import type { Transaction } from '../db/transaction.ts'
import type { Actor } from '../identity/actor.ts'
import type { Procedure } from '../zeebe/packages.ts'
import type { ChannelName } from './case.ts'
import type { Context } from './context.ts'
import type { ApplicantGiven } from './draft.ts'
import { nameOf, type Person } from './person.ts'
import { fillAddress, findPerson, insertPerson, updateContact } from './store/personRows.ts'

// One @, something on both sides, a dot behind it. Whether mail arrives only mail can tell.
const email = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/

/** What a filing tells of who files. */
export interface WhoFiles {
  applicant: ApplicantGiven
  channel: ChannelName
  /** One of the six languages; letters and mails keep to it. */
  language: string
}

/** Whether a clerk took the request and saw a paper. A clerk who files on the portal is a visitor like any other. */
export function isSeenByStaff(actor: Actor, { channel }: Pick<WhoFiles, 'channel'>): boolean {
  return actor.kind === 'staff' && channel !== 'portal'
}

/**
 * What is wrong with who files. Keys are `applicant.<field>`. Online a bad number is a fault; to staff it is a warning, since
 * old registers hold wrong ones.
 */
export function checkApplicant(context: Context, procedure: Procedure, who: WhoFiles): FormFault[] {
  const given = who.applicant
  const fault = (field: keyof ApplicantGiven, code: FormFaultCode): FormFault => ({ key: `applicant.${field}`, code, facts: {} })
  const faults: FormFault[] = []
  if (given.email && !email.test(given.email)) faults.push(fault('email', 'not-an-email'))
  if (given.kind === 'anonymous') {
    if (procedure.assurance !== 'anonymous') faults.push(fault('kind', 'not-an-option'))
    return faults
  }
  if (!procedure.applicants.includes(given.kind)) faults.push(fault('kind', 'not-an-option'))
  if (!isKnown(context, given)) {
    if (given.kind === 'person' && !given.givenName) faults.push(fault('givenName', 'required'))
    if (!given.familyName) faults.push(fault('familyName', 'required'))
  }
  if (given.delivery === 'post' && !given.address) faults.push(fault('address', 'required'))
  // An act that comes electronically needs an inbox to lie in or an address to tell of it.
  if (given.delivery === 'electronic' && !context.actor.accountId && !given.email) faults.push(fault('email', 'required'))
  const bad = given.number && !isKnown(context, given) ? faultOfNumber(context, given) : undefined
  if (bad) faults.push({ ...fault('number', bad), ...(isSeenByStaff(context.actor, who) && { warning: true as const }) })
  return faults
}

/** A signed-in citizen who files for themselves: login has said who they are, and typing does not change it. */
function isKnown({ actor }: Context, given: ApplicantGiven): boolean {
  return given.kind === 'person' && actor.kind === 'citizen' && actor.personId !== undefined
}

function faultOfNumber({ tenant, clock }: Context, given: ApplicantGiven): IdentifierFault | undefined {
  const today = localDay(clock.now(), tenant.timeZone)
  const { country } = tenant
  const isCompany = given.kind === 'company'
  const check = isCompany ? checkCompanyNumber(country, given.number) : checkPersonalNumber(country, given.number, today)
  return check.ok ? undefined : check.fault
}

/** The filing of somebody who acts for another: the mandate has said who the applicant is, and typing does not change it. */
export function filedFor<Filing extends WhoFiles>(filing: Filing, { kind, givenName, familyName, address }: Person): Filing {
  return { ...filing, applicant: { ...filing.applicant, kind, givenName, familyName, number: '', address: address ?? filing.applicant.address } }
}

/** What the town may learn of the represented one from who acts for them: where to write, if it knows of nowhere. */
export async function keepRepresented(trx: Transaction, represented: Person, { applicant }: WhoFiles): Promise<Person> {
  if (!applicant.address || represented.address !== null) return represented
  await fillAddress(trx, represented.id, applicant.address)
  return { ...represented, address: applicant.address }
}

/** Finds or makes the person row of who files. Null when they stay anonymous. */
export async function keepApplicant(trx: Transaction, context: Context, who: WhoFiles): Promise<Person | null> {
  const { applicant: given, language } = who
  if (given.kind === 'anonymous') return null
  const { actor, clock, keys, tenant } = context
  const contact = { email: given.email || null, phone: given.phone || null, address: given.address || null, language }
  if (isKnown(context, given)) {
    await updateContact(trx, actor.personId!, contact)
    return (await findPerson(trx, actor.personId!)) ?? null
  }
  // Only a number that staff have seen on a paper ties this case to a known person. What a visitor types online
  // proves nothing: tied to somebody's row, it would let a stranger write into it.
  const proven = isSeenByStaff(actor, who) && given.number !== ''
  const id = await insertPerson(trx, {
    ...contact,
    id: uuidv7(),
    kind: given.kind,
    givenName: given.kind === 'company' ? '' : given.givenName,
    familyName: given.familyName,
    numberMask: given.number ? maskNumber(given.number) : '',
    identifierHash: proven ? keys.identifierHash(tenant.id, plainNumber(given)) : null,
    searchKey: searchKey(nameOf({ ...given, language })),
    createdAt: new Date(clock.now()),
  })
  if (proven) await updateContact(trx, id, contact)
  return (await findPerson(trx, id)) ?? null
}

/** A number as it is hashed. A company's and a person's may be the same digits (Bosnian JIB and JMBG both have 13). */
export function plainNumber(given: Pick<ApplicantGiven, 'kind' | 'number'>): string {
  const digits = given.number.replace(/[\s.\-\u2010-\u2015]/g, '')
  return given.kind === 'company' ? `company ${digits}` : digits
}
