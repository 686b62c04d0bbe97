import { v7 as uuidv7 } from 'uuid'
import { refuse } from '../../base/errors.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { refuseFaults } from '../formRefusal.ts'
import { personOfNumber } from '../store/personRows.ts'
import { insertMandate } from '../store/mandateRows.ts'
import type { Mandate } from './mandate.ts'
import { hashOf, keepClaimed, ownPerson } from './people.ts'
import { checkKind, checkPerson, checkTerms, fault, keptTerms, type PersonGiven, type TermsGiven } from './terms.ts'

export interface MandateAsked extends TermsGiven {
  whom: PersonGiven
  /** What the paper is, in the asker's words. */
  note: string
}

/**
 * A citizen says for whom they may act; a clerk confirms it by the paper that comes with it (`attachProof`). Until then it allows
 * nothing, and what is claimed of a person ties them to nothing. Refusals: not-signed-in, form-has-faults, mandate-for-oneself.
 */
export async function askMandate(context: Context, given: MandateAsked): Promise<Mandate> {
  const { actor, clock, db } = context
  const personId = ownPerson(actor)
  refuseFaults([
    ...(given.kind === 'helper' ? [fault('kind', 'not-an-option')] : []),
    ...checkKind(given.kind, given.whom.kind), ...checkPerson(context, 'whom', given.whom), ...checkTerms(context, given),
  ])
  return db.transaction(async (trx) => {
    const numberHash = hashOf(context, given.whom)
    if ((await personOfNumber(trx, numberHash))?.id === personId) refuse('invalid', 'mandate-for-oneself')
    const mandate: Mandate = {
      ...keptTerms(context, given),
      id: uuidv7(),
      personId,
      forPersonId: await keepClaimed(trx, context, given.whom),
      caseId: null,
      state: 'asked',
      proof: null,
      proofNote: given.note,
      numberHash,
      offeredTo: null,
      offerUntil: null,
      askedBy: actor.id,
      decidedBy: null,
      decidedName: null,
      decidedAt: null,
      reason: '',
      createdAt: new Date(clock.now()),
    }
    await insertMandate(trx, mandate)
    await addAudit(trx, context, {
      action: 'mandate.ask', subject: mandate.id, forWhom: mandate.forPersonId, facts: { kind: mandate.kind },
    })
    return mandate
  })
}
