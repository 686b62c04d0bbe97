import { refuse } from '../../base/errors.ts'
import type { Transaction } from '../../db/transaction.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'
import { documentsOfMandate } from '../store/documentRows.ts'
import { lockMandate, saveMandate } from '../store/mandateRows.ts'
import { findPerson } from '../store/personRows.ts'
import type { Mandate } from './mandate.ts'
import { hashOf, proveClaimed } from './people.ts'
import { tellRepresented } from './tellRepresented.ts'

export interface Confirmation {
  /** The represented one's number, as the clerk reads it from the proof. */
  number: string
  proof: 'document' | 'seen' | 'register'
  /** Which paper or entry it was; empty: as the asker wrote. */
  note: string
}

/**
 * A clerk confirms what a citizen asked for, having read the number from the proof themselves: two who read the same number is
 * what ties the mandate to a person. Refusals: not-allowed, not-found, wrong-state (decided before), mandate-proof-missing,
 * mandate-number-differs, number-of-another, mandate-for-oneself.
 */
export async function confirmMandate(context: Context, mandateId: string, { number, proof, note }: Confirmation): Promise<Mandate> {
  const { actor, clock, db, wakeOutbox } = context
  const decided = await db.transaction(async (trx) => {
    const mandate = await askedMandate(trx, context, mandateId)
    if (proof === 'document' && (await documentsOfMandate(trx, mandateId)).length === 0) refuse('wrong-state', 'mandate-proof-missing')
    const claimed = (await findPerson(trx, mandate.forPersonId))!
    const numberHash = hashOf(context, { kind: claimed.kind, number })
    if (!mandate.numberHash?.equals(numberHash)) refuse('invalid', 'mandate-number-differs')
    const forPersonId = await proveClaimed(trx, context, mandate.forPersonId, { kind: claimed.kind, number })
    if (forPersonId === mandate.personId) refuse('invalid', 'mandate-for-oneself')
    const confirmed: Mandate = {
      ...mandate, forPersonId, numberHash: null, state: 'confirmed', proof, proofNote: note || mandate.proofNote,
      decidedBy: actor.id, decidedName: actor.name, decidedAt: new Date(clock.now()),
    }
    await saveMandate(trx, confirmed)
    await tellRepresented(trx, context, confirmed)
    await addAudit(trx, context, {
      action: 'mandate.confirm', subject: mandateId, forWhom: forPersonId, facts: { kind: mandate.kind, proof },
    })
    return confirmed
  })
  wakeOutbox()
  return decided
}

/** A clerk refuses it, with a reason the asker reads. Refusals: not-allowed, not-found, wrong-state, reason-missing. */
export async function refuseMandate(context: Context, mandateId: string, reason: string): Promise<Mandate> {
  const { actor, clock, db } = context
  if (!reason.trim()) refuse('invalid', 'reason-missing')
  return db.transaction(async (trx) => {
    const mandate = await askedMandate(trx, context, mandateId)
    const refused: Mandate = {
      ...mandate, numberHash: null, state: 'refused', reason: reason.trim(),
      decidedBy: actor.id, decidedName: actor.name, decidedAt: new Date(clock.now()),
    }
    await saveMandate(trx, refused)
    await addAudit(trx, context, { action: 'mandate.refuse', subject: mandateId, forWhom: mandate.forPersonId, reason: refused.reason })
    return refused
  })
}

async function askedMandate(trx: Transaction, { actor }: Context, mandateId: string): Promise<Mandate> {
  if (!may(actor, 'mandate.record')) refuse('not-allowed', 'not-allowed')
  const mandate = await lockMandate(trx, mandateId)
  if (!mandate) refuse('not-found', 'not-found')
  if (mandate.state !== 'asked') refuse('wrong-state', 'wrong-state')
  return mandate
}
