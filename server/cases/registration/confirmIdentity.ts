import { v7 as uuidv7 } from 'uuid'
import { refuse } from '../../base/errors.ts'
import { localDay } from '../../rules/countDays.ts'
import type { FormFault } from '../../rules/form/index.ts'
import { maskNumber } from '../../rules/identifiers/index.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { refuseFaults } from '../formRefusal.ts'
import { may } from '../may.ts'
import { insertIdentityCheck, proveNumber } from '../store/identityRows.ts'
import { findPerson, identifierHashOf, lockNumber, personOfNumber, standingPerson } from '../store/personRows.ts'
import { identifierHashFor, readNumber, type StatedNumber } from './identifier.ts'

/** What the clerk has seen. */
export interface SeenDocument extends StatedNumber {
  document: { kind: string; lastDigits: string; validUntil: string }
}

export interface ConfirmedIdentity {
  personId: string
  numberMask: string
  confirmedAt: Date
}

/**
 * Notes that a clerk has seen the person and the document: from now on the number is proven to be theirs, and what they file counts
 * as filed by that person. Who was merged into another row is confirmed at that one. Refusals: not-found, number-of-another (another row has the number: the rows are to be merged; or this
 * person is known by another number), form-has-faults (no number, a document that has run out; a check digit only warns), not-allowed.
 */
export async function confirmIdentity(context: Context, whom: string, seen: SeenDocument): Promise<ConfirmedIdentity> {
  const { actor, clock, db } = context
  if (!may(actor, 'citizen.confirm')) refuse('not-allowed', 'not-allowed')
  refuseFaults(faultsOf(context, seen))
  const hash = identifierHashFor(context, seen) ?? refuse('invalid', 'form-has-faults')
  const read = readNumber(context, seen)
  const confirmedAt = new Date(clock.now())
  return db.transaction(async (trx) => {
    await lockNumber(trx, hash)
    const personId = await standingPerson(trx, whom)
    const person = (await findPerson(trx, personId)) ?? refuse('not-found', 'not-found')
    if (person.kind !== 'person') refuse('not-found', 'not-found')
    const known = await identifierHashOf(trx, personId)
    const other = await personOfNumber(trx, hash)
    if ((known !== null && known !== hash.toString('hex')) || (other && other.id !== personId)) refuse('wrong-state', 'number-of-another')
    const numberMask = maskNumber(seen.number)
    if (known === null) await proveNumber(trx, personId, { hash, mask: numberMask, bornOn: (read?.ok && read.birthDate) || null })
    await insertIdentityCheck(trx, {
      id: uuidv7(), personId, documentKind: seen.document.kind, documentEnd: seen.document.lastDigits, checkedAt: confirmedAt,
      checkedBy: actor.id,
    })
    await addAudit(trx, context, {
      action: 'citizen.confirm', subject: personId, forWhom: personId, facts: { document: seen.document.kind, proved: known === null },
    })
    return { personId, numberMask, confirmedAt }
  })
}

function faultsOf(context: Context, seen: SeenDocument): FormFault[] {
  const read = readNumber(context, seen)
  const today = localDay(context.clock.now(), context.tenant.timeZone)
  const warning = read?.ok === false && read.fault === 'check-digit' && { warning: true as const }
  return [
    ...(read && !read.ok ? [{ key: 'number', code: read.fault, facts: {}, ...warning }] : []),
    ...(seen.document.validUntil < today ? [{ key: 'document.validUntil', code: 'date-passed' as const, facts: {} }] : []),
  ]
}
