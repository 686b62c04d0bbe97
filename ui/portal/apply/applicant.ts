import type { Applicant } from '../../../server/http/contract/drafts.ts'
import type { Me } from '../../../server/http/contract/town.ts'
import type { Country, FieldFault, Level } from '../../../server/http/contract/words.ts'
import { checkCompanyNumber, checkPersonalNumber } from '../../../server/rules/identifiers/index.ts'
import { mobileNumber } from '../../../server/rules/phones/mobileNumber.ts'
import { isTypedEmail } from '../../shared/forms/isTypedEmail.ts'

/** What the page "who files" depends on. */
export interface AboutApplicant {
  country: Country
  assurance: Level
  kinds: readonly ('person' | 'company')[]
  /** The request is for an account: nobody stays unnamed, and the address is needed. */
  opensAccount: boolean
  me: Me
}

/** Who may file: persons, companies, and nobody named where the procedure allows it and nobody is signed in. */
export function applicantKinds({ kinds, assurance, opensAccount, me }: AboutApplicant): Applicant['kind'][] {
  return assurance === 'anonymous' && !opensAccount && !me.signedIn ? [...kinds, 'anonymous'] : [...kinds]
}

/** What we know of a signed-in person, under what was typed already. */
export function firstApplicant(about: AboutApplicant, typed: Partial<Applicant>): Applicant {
  const known = about.me.contact
  const kinds = applicantKinds(about)
  const kind = typed.kind && kinds.includes(typed.kind) ? typed.kind : (kinds[0] ?? 'person')
  return {
    givenName: known?.givenName ?? '', familyName: known?.familyName ?? '', number: '',
    email: known?.email ?? '', phone: known?.phone ?? '', address: known?.address ?? '', delivery: 'electronic',
    notices: known?.notices ?? 'email', mandateId: null,
    ...Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== '')),
    kind,
  }
}

/** Faults of the page, each with its field `applicant.<name>`. The server checks again. */
export function applicantFaults(applicant: Applicant, { country, opensAccount, me }: AboutApplicant): FieldFault[] {
  const faults: FieldFault[] = []
  const fault = (field: keyof Applicant, code: string): void => {
    faults.push({ field: `applicant.${field}`, code, facts: {}, warning: false })
  }
  // Who the applicant is, the mandate says; what the town knows of them is not told here.
  if (applicant.mandateId) return faults
  if (applicant.kind === 'anonymous') {
    if (applicant.email !== '' && !isTypedEmail(applicant.email)) fault('email', 'not-an-email')
    return faults
  }
  if (applicant.familyName.trim() === '') fault('familyName', 'required')
  if (applicant.kind === 'person' && applicant.givenName.trim() === '') fault('givenName', 'required')
  const known = me.signedIn && applicant.kind === 'person'
  const number = applicant.number.replace(/\s/g, '')
  if (number !== '' && !known) {
    const answer = applicant.kind === 'company' ? checkCompanyNumber(country, number) : checkPersonalNumber(country, number)
    if (!answer.ok) fault('number', answer.fault)
  }
  if (applicant.email.trim() === '') {
    // Whoever is signed in finds the act under "my requests"; anybody else needs an address to be told at.
    const needed = !me.signedIn && (opensAccount || (applicant.delivery === 'electronic' && applicant.notices !== 'sms'))
    if (needed || applicant.notices === 'both') fault('email', 'required')
  } else if (!isTypedEmail(applicant.email)) fault('email', 'not-an-email')
  if (applicant.notices === 'sms' || applicant.notices === 'both') {
    const mobile = mobileNumber(applicant.phone, country)
    if (applicant.phone.trim() === '') fault('phone', 'required')
    else if (!mobile.ok) fault('phone', mobile.fault)
  }
  if (applicant.address.trim() === '' && applicant.delivery === 'post') fault('address', 'required')
  return faults
}
