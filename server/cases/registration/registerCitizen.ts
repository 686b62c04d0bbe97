import { v7 as uuidv7 } from 'uuid'
import { refuse } from '../../base/errors.ts'
import type { Transaction } from '../../db/transaction.ts'
import { addAudit } from '../audit.ts'
import type { Answers } from '../case.ts'
import type { Context } from '../context.ts'
import { FormRefusal } from '../formRefusal.ts'
import { may } from '../may.ts'
import { announceCase, openCaseIn, type Filing, type OpenedCase } from '../openCase.ts'
import { findSimilar } from '../people/findSimilar.ts'
import { numberHasAccount, withAccount } from '../store/accountRows.ts'
import { findCaseByClientKey, lockClientKey } from '../store/caseRows.ts'
import { insertIdentityCheck } from '../store/identityRows.ts'
import { lockNumber, registrationsUnderWay } from '../store/registrationRows.ts'
import { identifierHashFor, readNumber, type StatedNumber } from './identifier.ts'
import { registrationPackage } from './registrationPackage.ts'

/** A person at the counter, as the clerk has taken them down from the document. */
export interface CitizenAtCounter extends StatedNumber {
  clientKey: string
  givenName: string
  familyName: string
  bornOn: string
  email: string
  phone: string
  residence: string
  document: { kind: string; number: string; validUntil: string }
  language: string
  eDelivery: { given: boolean; textVersion: string }
  notices: readonly string[]
  samePersonId?: string | undefined
  isAnother: boolean
}

/**
 * Takes in a registration at the counter: a case of its own, the person's row, the consent, and the process that makes the account.
 * Refusals: account-exists, registration-under-way, similar-people (facts.people: answer with `samePersonId` or `isAnother`),
 * number-of-another (that person is known by another number), procedure-not-offered, not-allowed, and form-has-faults with the
 * faults of every field, among them too-young and, of the document, date-passed.
 */
export async function registerCitizen(context: Context, given: CitizenAtCounter): Promise<OpenedCase> {
  const { actor, db, installation } = context
  if (!may(actor, 'citizen.register')) refuse('not-allowed', 'not-allowed')
  const { procedure } = registrationPackage(context)
  if (given.eDelivery.textVersion !== procedure.account.consent) {
    throw new FormRefusal([{ key: 'eDelivery', code: 'other-wording', facts: {} }])
  }
  const isRepeated = (await db.transaction((trx) => findCaseByClientKey(trx, given.clientKey))) !== undefined
  // Told before the slip is printed: the person is still there to name another address, or to remember the password.
  if (!isRepeated && (await installation.citizens.isTaken(given.email))) refuse('already-exists', 'account-exists', { of: 'address' })

  const opened = await db.transaction(async (trx) => {
    await lockClientKey(trx, given.clientKey)
    const filing = filingOf(given, procedure.id)
    if (await findCaseByClientKey(trx, given.clientKey)) return openCaseIn(trx, context, filing)
    await expectUnregistered(trx, context, given)
    const made = await openCaseIn(trx, context, filing).catch(inCounterWords)
    await insertIdentityCheck(trx, {
      id: uuidv7(), personId: made.case.applicantId!, documentKind: given.document.kind, documentEnd: given.document.number.slice(-4),
      checkedAt: made.case.filedAt, checkedBy: actor.id,
    })
    await addAudit(trx, context, {
      action: 'citizen.register', subject: made.case.id, forWhom: made.case.applicantId,
      facts: { eDelivery: given.eDelivery.given, textVersion: given.eDelivery.textVersion, document: given.document.kind },
    })
    return made
  })
  announceCase(context, opened)
  return opened
}

async function expectUnregistered(trx: Transaction, context: Context, given: CitizenAtCounter): Promise<void> {
  const identifierHash = identifierHashFor(context, given)
  if (identifierHash) {
    await lockNumber(trx, identifierHash)
    if (await numberHasAccount(trx, identifierHash)) refuse('already-exists', 'account-exists', { of: 'person' })
  }
  const [underWay] = await registrationsUnderWay(trx, { identifierHash, email: given.email })
  if (underWay) refuse('already-exists', 'registration-under-way', { caseId: underWay.caseId })

  const read = readNumber(context, given)
  const bornOn = (read?.ok && read.birthDate) || given.bornOn
  const found = await findSimilar(trx, { identifierHash, givenName: given.givenName, familyName: given.familyName, bornOn })
  const similar = found.filter(({ why }) => why === 'similar-name').map(({ person }) => person.id)
  const { samePersonId } = given
  if (samePersonId) {
    if (!found.some(({ person }) => person.id === samePersonId)) refuse('not-found', 'not-found')
    if ((await withAccount(trx, [samePersonId])).size > 0) refuse('already-exists', 'account-exists', { of: 'person' })
  } else if (similar.length > 0 && !given.isAnother && similar.length === found.length) {
    refuse('wrong-state', 'similar-people', { people: similar })
  }
}

function filingOf(given: CitizenAtCounter, procedure: string): Filing {
  const answers: Answers = {
    numberKind: given.numberKind,
    ...(given.numberKind === 'passport' && { passportNumber: given.number }),
    bornOn: given.bornOn,
    documentKind: given.document.kind,
    documentNumber: given.document.number,
    documentValidUntil: given.document.validUntil,
    eDelivery: given.eDelivery.given ? 'yes' : 'no',
    notices: [...given.notices],
  }
  return {
    procedure,
    draftId: uuidv7(),
    clientKey: given.clientKey,
    language: given.language,
    channel: 'counter',
    applicant: {
      kind: 'person',
      givenName: given.givenName,
      familyName: given.familyName,
      number: given.numberKind === 'passport' ? '' : given.number,
      email: given.email,
      phone: given.phone,
      address: given.residence,
      delivery: given.eDelivery.given ? 'electronic' : 'pick-up',
    },
    answers,
    ...(given.samePersonId && { knownPersonId: given.samePersonId }),
    ...(given.numberKind === 'passport' && { passport: given.number }),
  }
}

const counterField: Readonly<Record<string, string>> = {
  'applicant.number': 'number',
  passportNumber: 'number',
  'applicant.givenName': 'givenName',
  'applicant.familyName': 'familyName',
  'applicant.email': 'email',
  'applicant.phone': 'phone',
  'applicant.address': 'residence',
  documentKind: 'document.kind',
  documentNumber: 'document.number',
  documentValidUntil: 'document.validUntil',
}

/** Faults under the names by which the counter's page knows the fields. */
function inCounterWords(error: unknown): never {
  if (!(error instanceof FormRefusal)) throw error
  throw new FormRefusal(error.faults.map((fault) => ({ ...fault, key: counterField[fault.key] ?? fault.key })))
}
