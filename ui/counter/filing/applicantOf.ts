import type { Applicant } from '../../../server/http/contract/drafts.ts'
import type { FormSchema } from '../../../server/http/contract/catalogue.ts'
import type { Answers } from '../../../server/http/contract/words.ts'
import { deliveryAsked } from '../../shared/forms/deliveryAsked.ts'
import { fieldsOf, pagesOf } from '../../shared/forms/pages.ts'
import type { Visit } from '../desk/desk.ts'
import { bornOnOf } from '../registration/registrationFaults.ts'

/** Who is at the counter, as the applicant of the request. Of somebody the town knows nothing but the contact is told anew. */
export function applicantOf({ who, known, typed, delivery, answers }: Visit): Applicant {
  const { email, phone, address } = typed
  const how = deliveryAsked(answers) ?? delivery
  const nothing = { givenName: '', familyName: '', number: '', email: '', phone: '', address: '', mandateId: null }
  if (who === 'unnamed') return { ...nothing, kind: 'anonymous', delivery: how }
  if (who === 'known' && known) return { ...nothing, kind: known.person.kind, email, phone, address, delivery: how }
  const { givenName, familyName, number } = typed
  return { ...nothing, kind: 'person', givenName, familyName, number, email, phone, address, delivery: how }
}

/** Answers the town need not ask for: what it knows, or the clerk has typed, of the person. The clerk may change them. */
export function knownAnswers(schema: FormSchema, { who, known, typed }: Visit, country: string, today: string): Answers {
  const person = who === 'known' ? known?.person : undefined
  const facts: Record<string, string | null | undefined> = who === 'unnamed' ? {} : {
    givenName: person?.givenName ?? typed.givenName,
    familyName: person?.familyName ?? typed.familyName,
    personalNumber: person || typed.numberKind === 'passport' ? '' : typed.number,
    birthDate: person ? person.bornOn : bornOnOf(typed, country, today),
    email: typed.email,
    phone: typed.phone,
    address: typed.address,
  }
  const asked = new Set(pagesOf(schema).flatMap(fieldsOf).map(({ key }) => key))
  return Object.fromEntries(Object.entries(facts).filter((fact): fact is [string, string] => Boolean(fact[1]) && asked.has(fact[0])))
}
