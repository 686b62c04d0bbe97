import { v7 as uuidv7 } from 'uuid'
import { refuse } from '../base/errors.ts'
import { localDay } from '../rules/countDays.ts'
import type { FormFault, FormFaultCode } from '../rules/form/index.ts'
import { checkCompanyNumber, checkPersonalNumber, maskNumber, type IdentifierFault } from '../rules/identifiers/index.ts'
import { isEmail } from '../rules/isEmail.ts'
import { mobileNumber } from '../rules/phones/mobileNumber.ts'
import { searchKey } from '../rules/searchKey.ts'
import type { Transaction } from '../db/transaction.ts'
import type { Actor } from '../identity/actor.ts'
import type { Procedure } from '../zeebe/packages.ts'
import type { ChannelName } from './case.ts'
import type { Context } from './context.ts'
import type { ApplicantGiven } from './draft.ts'
import { nameOf, type Person } from './person.ts'
import { proveNumber } from './store/identityRows.ts'
import {
  fillAddress, findPerson, identifierHashOf, insertPerson, personOfNumber, standingPerson, updateContact,
} from './store/personRows.ts'

/** What a filing tells of who files. */
export interface WhoFiles {
  applicant: ApplicantGiven
  channel: ChannelName
  /** One of the six languages; letters and mails keep to it. */
  language: string
  /** The person at the counter, where the clerk has recognized them among those the town knows. */
  knownPersonId?: string | undefined
  /** Number of the passport that staff have seen, of somebody who has no personal number. */
  passport?: string | undefined
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
  if (given.email && !isEmail(given.email)) faults.push(fault('email', 'not-an-email'))
  if (given.kind === 'anonymous') {
    if (procedure.assurance !== 'anonymous') faults.push(fault('kind', 'not-an-option'))
    return faults
  }
  if (!procedure.applicants.includes(given.kind)) faults.push(fault('kind', 'not-an-option'))
  const known = knownPerson(context.actor, who)
  if (known === undefined) {
    if (given.kind === 'person' && !given.givenName) faults.push(fault('givenName', 'required'))
    if (!given.familyName) faults.push(fault('familyName', 'required'))
  }
  if (given.delivery === 'post' && !given.address) faults.push(fault('address', 'required'))
  // An act that comes electronically needs an inbox to lie in or an address to tell of it.
  const wantsSms = given.notices === 'sms' || given.notices === 'both'
  const needsEmail = given.delivery === 'electronic' && !context.actor.accountId && given.notices !== 'sms'
  if ((needsEmail || given.notices === 'both') && !given.email) faults.push(fault('email', 'required'))
  if (wantsSms) faults.push(...faultsOfMobile(context, given.phone).map((code) => fault(code === 'not-an-option' ? 'notices' : 'phone', code)))
  const isSelf = known !== undefined && !isSeenByStaff(context.actor, who)
  const bad = given.number && !isSelf ? faultOfNumber(context, given) : undefined
  if (bad) faults.push({ ...fault('number', bad), ...(isSeenByStaff(context.actor, who) && { warning: true as const }) })
  return faults
}

/** What keeps a telephone from being written to: no channel in this town, no number, or one that takes no text messages. */
export function faultsOfMobile({ channels, tenant }: Pick<Context, 'channels' | 'tenant'>, phone: string): FormFaultCode[] {
  if (!channels.sms) return ['not-an-option']
  if (phone.trim() === '') return ['required']
  const mobile = mobileNumber(phone, tenant.country)
  return mobile.ok ? [] : [mobile.fault]
}

/**
 * The row of who files, where it is known: a signed-in citizen who files for themselves (login has said who they are, and typing
 * does not change it), or whom a clerk has found.
 */
export function knownPerson(actor: Actor, who: Pick<WhoFiles, 'applicant' | 'channel' | 'knownPersonId'>): string | undefined {
  if (isSeenByStaff(actor, who)) return who.applicant.kind === 'anonymous' ? undefined : who.knownPersonId
  return who.applicant.kind === 'person' && actor.kind === 'citizen' ? actor.personId : undefined
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

/**
 * Finds or makes the person row of who files. Null when they stay anonymous. Refusals: not-found (no such person in this town),
 * number-of-another.
 */
export async function keepApplicant(trx: Transaction, context: Context, who: WhoFiles): Promise<Person | null> {
  const { applicant: given, language } = who
  if (given.kind === 'anonymous') return null
  const { actor, clock, keys, tenant } = context
  const contact = {
    email: given.email || null, phone: given.phone || null, address: given.address || null, language,
    ...(given.notices && { notices: given.notices }),
  }
  // Only a number that staff have seen on a paper ties this case to a known person. What a visitor types online
  // proves nothing: tied to somebody's row, it would let a stranger write into it.
  const number = who.passport ? plainPassport(who.passport) : plainNumber(given)
  const proven = isSeenByStaff(actor, who) && (given.number !== '' || who.passport !== undefined)
  const identifierHash = proven ? keys.identifierHash(tenant.id, number) : null
  const bornOn = proven ? bornOnOf(context, given) : null
  const numberMask = maskNumber(who.passport ?? given.number)
  const known = knownPerson(actor, who)
  if (known !== undefined) {
    const standing = await standingPerson(trx, known)
    if ((await findPerson(trx, standing))?.kind !== given.kind) refuse('not-found', 'not-found')
    await proveIfNew(trx, standing, identifierHash && { hash: identifierHash, mask: numberMask, bornOn })
    await updateContact(trx, standing, contact)
    return (await findPerson(trx, standing)) ?? null
  }
  const id = await insertPerson(trx, {
    ...contact,
    id: uuidv7(),
    kind: given.kind,
    givenName: given.kind === 'company' ? '' : given.givenName,
    familyName: given.familyName,
    bornOn,
    numberMask: who.passport || given.number ? numberMask : '',
    identifierHash,
    searchKey: searchKey(nameOf({ ...given, language })),
    createdAt: new Date(clock.now()),
  })
  if (proven) await updateContact(trx, id, contact)
  return (await findPerson(trx, id)) ?? null
}

/** A recognized person whose number the town did not know has it from now on; one known by another number is another person. */
async function proveIfNew(
  trx: Transaction, personId: string, number: { hash: Buffer; mask: string; bornOn: string | null } | null,
): Promise<void> {
  if (!number) return
  const known = await identifierHashOf(trx, personId)
  if (known === number.hash.toString('hex')) return
  if (known !== null || (await personOfNumber(trx, number.hash))) refuse('wrong-state', 'number-of-another')
  await proveNumber(trx, personId, number)
}

/** The birthday a personal number tells; null where it tells none. */
export function bornOnOf({ tenant, clock }: Context, { kind, number }: Pick<ApplicantGiven, 'kind' | 'number'>): string | null {
  if (kind !== 'person') return null
  const check = checkPersonalNumber(tenant.country, number, localDay(clock.now(), tenant.timeZone))
  return (check.ok && check.birthDate) || null
}

/** A number as it is hashed. A company's and a person's may be the same digits (Bosnian JIB and JMBG both have 13). */
export function plainNumber(given: Pick<ApplicantGiven, 'kind' | 'number'>): string {
  const digits = given.number.replace(/[\s.\-\u2010-\u2015]/g, '')
  return given.kind === 'company' ? `company ${digits}` : digits
}

/** A passport's number as it is hashed: it may be the same digits as a personal number. */
export function plainPassport(number: string): string {
  return `passport ${plainNumber({ kind: 'person', number }).toUpperCase()}`
}
