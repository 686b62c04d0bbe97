import { v7 as uuidv7 } from 'uuid'
import { refuse } from '../../base/errors.ts'
import type { FormFault } from '../../rules/form/index.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { refuseFaults } from '../formRefusal.ts'
import { may } from '../may.ts'
import { insertMandate } from '../store/mandateRows.ts'
import type { Mandate } from './mandate.ts'
import { caseOfNumber } from './onlyCase.ts'
import { keepSeen } from './people.ts'
import { tellRepresented } from './tellRepresented.ts'
import { checkKind, checkPerson, checkTerms, fault, keptTerms, type PersonGiven, type TermsGiven } from './terms.ts'

export interface MandateSeen extends TermsGiven {
  /** Who acts. */
  who: PersonGiven
  /** In whose name. */
  whom: PersonGiven
  /** One request and no other; empty: as `procedures` says. */
  caseNumber: string
  proof: 'seen' | 'register'
  /** Which paper or entry it was: kind, number, who certified it. */
  note: string
}

/**
 * A clerk enters a mandate whose proof they have seen; it holds from its first day on. Answers it with the faults that only warn.
 * Refusals: not-allowed, form-has-faults, mandate-for-oneself, mandate-other-scope (the request is not of who is represented).
 */
export async function recordMandate(context: Context, given: MandateSeen): Promise<{ mandate: Mandate; warnings: FormFault[] }> {
  const { actor, clock, db, wakeOutbox } = context
  if (!may(actor, 'mandate.record')) refuse('not-allowed', 'not-allowed')
  const warnings = refuseFaults([
    ...(given.who.kind === 'company' ? [fault('who.kind', 'not-an-option')] : []),
    ...checkKind(given.kind, given.whom.kind), ...checkPerson(context, 'who', given.who), ...checkPerson(context, 'whom', given.whom),
    ...checkTerms(context, given), ...(given.note.trim() ? [] : [fault('note', 'required')]),
  ])
  const recorded = await db.transaction(async (trx) => {
    const personId = await keepSeen(trx, context, given.who)
    const forPersonId = await keepSeen(trx, context, given.whom)
    if (personId === forPersonId) refuse('invalid', 'mandate-for-oneself')
    const only = given.caseNumber ? await caseOfNumber(trx, given.caseNumber, forPersonId) : null
    const at = new Date(clock.now())
    const mandate: Mandate = {
      ...keptTerms(context, { ...given, procedures: only ? null : given.procedures }),
      id: uuidv7(),
      personId,
      forPersonId,
      caseId: only,
      state: 'confirmed',
      proof: given.proof,
      proofNote: given.note,
      numberHash: null,
      offeredTo: null,
      offerUntil: null,
      askedBy: actor.id,
      decidedBy: actor.id,
      decidedName: actor.name,
      decidedAt: at,
      reason: '',
      createdAt: at,
    }
    await insertMandate(trx, mandate)
    await tellRepresented(trx, context, mandate)
    await addAudit(trx, context, {
      action: 'mandate.record', subject: mandate.id, forWhom: forPersonId, reason: given.note, facts: { kind: mandate.kind, proof: given.proof },
    })
    return { mandate, warnings }
  })
  wakeOutbox()
  return recorded
}
