import { refuse } from '../../base/errors.ts'
import type { Transaction } from '../../db/transaction.ts'
import { addAudit } from '../audit.ts'
import { isClosed } from '../case.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'
import { casesUnderMandate } from '../store/caseRows.ts'
import { lockMandate, saveMandate } from '../store/mandateRows.ts'
import { addTimeline } from '../timeline.ts'
import { isTheirMandate, type Mandate } from './mandate.ts'

/**
 * Ends a mandate at once: by who gave it, by who holds it, or by a clerk with a reason. What was done under it stays done; nothing
 * more is done or seen by it. Refusals: not-found, wrong-state (it has ended), reason-missing.
 */
export async function revokeMandate(context: Context, mandateId: string, reason = ''): Promise<Mandate> {
  const { actor, clock, db } = context
  return db.transaction(async (trx) => {
    const mandate = await lockMandate(trx, mandateId)
    const byClerk = may(actor, 'mandate.record')
    if (!mandate || !(byClerk || isTheirMandate(mandate, actor))) refuse('not-found', 'not-found')
    if (mandate.state === 'revoked' || mandate.state === 'refused') refuse('wrong-state', 'wrong-state')
    if (byClerk && !reason.trim()) refuse('invalid', 'reason-missing')
    const revoked: Mandate = {
      ...mandate, numberHash: null, state: 'revoked', reason: reason.trim(),
      decidedBy: actor.id, decidedName: actor.name, decidedAt: new Date(clock.now()),
    }
    await saveMandate(trx, revoked)
    await tellItsCases(trx, context, revoked)
    await addAudit(trx, context, {
      action: 'mandate.revoke', subject: mandateId, forWhom: mandate.forPersonId, ...(revoked.reason && { reason: revoked.reason }),
    })
    return revoked
  })
}

/** Whoever works on a case that was filed under it reads that from now on the applicant stands for themselves. */
async function tellItsCases(trx: Transaction, { actor, clock }: Context, { id }: Mandate): Promise<void> {
  for (const case_ of await casesUnderMandate(trx, id)) {
    if (isClosed(case_)) continue
    await addTimeline(trx, {
      caseId: case_.id, atMs: clock.now(), kind: 'mandate-revoked', actorName: actor.name, onlyOnce: `mandate-revoked ${case_.id}`,
    })
  }
}
