import { refuse } from '../../base/errors.ts'
import { money } from '../../rules/money.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'
import { visibleCase } from '../readCase.ts'
import { findPaymentOfCase } from '../store/paymentRows.ts'
import { noteIn } from './notePayment.ts'
import type { Payment } from './payment.ts'

/** A slip with the bank's stamp, as a clerk sees it at the counter. */
export interface PaperProof {
  /** Its number, or the bank's mark on it. */
  slip: string
  amountMinor: number
  paidAt: Date
}

/**
 * Notes a payment that somebody proved on paper. Refusals: not-found (no such case, or nothing was asked), not-allowed, and
 * already-exists (this slip was shown before).
 */
export async function recordProof(context: Context, caseId: string, { slip, amountMinor, paidAt }: PaperProof): Promise<Payment> {
  const { actor, clock, db, events, tenant, wakeOutbox } = context
  if (paidAt.getTime() > clock.now()) refuse('invalid', 'paid-in-future')
  const payment = await db.transaction(async (trx) => {
    const found = await visibleCase(trx, context, caseId)
    if (!may(actor, 'payment.record', found)) refuse('not-allowed', 'not-allowed')
    const asked = (await findPaymentOfCase(trx, caseId)) ?? refuse('not-found', 'not-found')
    const noted = await noteIn(trx, context, {
      source: 'paper', transactionId: slip.trim(), reference: asked.reference, sum: money(amountMinor, asked.sum.currency), paidAt,
    })
    if (!noted?.isNew) refuse('already-exists', 'slip-already-noted')
    const facts = { caseId, slip: slip.trim() }
    await addAudit(trx, context, { action: 'payment.prove', subject: asked.id, forWhom: found.case.applicantId, facts })
    return noted.payment
  })
  wakeOutbox()
  events.publish({ kind: 'case-changed', tenantId: tenant.id, caseId, taskId: null })
  return payment
}
