import { ageOn } from '../../../server/rules/ageOn.ts'
import { registrationAge } from '../../../server/http/contract/registration.ts'
import type { CheckedCitizen, RegisterCitizen } from '../../../server/http/contract/registration.ts'
import type { FieldFault } from '../../../server/http/contract/words.ts'
import { isTypedEmail } from '../../shared/forms/isTypedEmail.ts'
import type { Visit } from '../desk/desk.ts'
import { typedDay } from '../desk/typedDay.ts'
import { toldByNumber } from '../person/toldByNumber.ts'

interface Around {
  country: string
  /** `yyyy-mm-dd` in the town. */
  today: string
  checked: CheckedCitizen | null
}

/** What is still to be mended before a registration can be sent, in the order of the screen. The server checks again. */
export function registrationFaults({ typed, account }: Visit, { country, today, checked }: Around): FieldFault[] {
  const faults: FieldFault[] = []
  const fault = (field: string, code: string, facts = {}): void => void faults.push({ field, code, facts, warning: false })
  const told = toldByNumber(typed, country, today)
  const born = bornOnOf(typed, country, today)
  if (typed.number.trim() === '') fault('number', 'required')
  else if (!told.ok && told.fault !== 'check-digit') fault('number', told.fault)
  if (typed.familyName.trim() === '') fault('familyName', 'required')
  if (typed.givenName.trim() === '') fault('givenName', 'required')
  if (born === null && typed.number.trim() !== '') fault('bornOn', typed.bornOn.trim() === '' ? 'required' : 'not-a-date')
  else if (born !== null && ageOn(born, today) < registrationAge) {
    fault(told.ok && told.bornOn !== null ? 'number' : 'bornOn', 'too-young', { min: registrationAge })
  }
  if (asksWho(checked, account.same)) fault('similar', 'who')
  if (typed.email.trim() === '') fault('email', 'required')
  else if (!isTypedEmail(typed.email)) fault('email', 'not-an-email')
  if (account.documentNumber.trim() === '') fault('document.number', 'required')
  const until = typedDay(account.validUntil)
  if (until === null) fault('document.validUntil', account.validUntil.trim() === '' ? 'required' : 'not-a-date')
  else if (until < today) fault('document.validUntil', 'expired')
  if (account.eDelivery === '') fault('eDelivery', 'consent')
  return faults
}

function asksWho(checked: CheckedCitizen | null, same: string): boolean {
  const similar = checked?.similar ?? []
  return same === '' && similar.length > 0 && similar.every(({ sameNumber }) => !sameNumber)
}

/** The birthday as the number tells it, or else as it was typed. */
export function bornOnOf(typed: Visit['typed'], country: string, today: string): string | null {
  const told = toldByNumber(typed, country, today)
  return (told.ok && told.bornOn) || typedDay(typed.bornOn)
}

/** What is sent: only of what {@link registrationFaults} finds no fault in. */
export function toRegister(
  { typed, account, language, clientKey }: Visit, { country, today, checked }: Around, textVersion: string,
): RegisterCitizen {
  const holder = checked?.similar.find(({ sameNumber }) => sameNumber)?.personId
  const same = account.same === '' || account.same === 'another' ? holder : account.same
  return {
    clientKey,
    numberKind: typed.numberKind,
    number: typed.number,
    givenName: typed.givenName,
    familyName: typed.familyName,
    bornOn: bornOnOf(typed, country, today) ?? '',
    email: typed.email,
    phone: typed.phone,
    residence: typed.address,
    document: { kind: account.documentKind, number: account.documentNumber, validUntil: typedDay(account.validUntil) ?? '' },
    language,
    eDelivery: { given: account.eDelivery === 'yes', textVersion },
    notices: account.notices,
    ...(same && { samePersonId: same }),
    isAnother: same === undefined && account.same === 'another',
  }
}
