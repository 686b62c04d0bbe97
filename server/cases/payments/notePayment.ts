import { v7 as uuidv7 } from 'uuid'
import { refuse } from '../../base/errors.ts'
import type { Transaction } from '../../db/transaction.ts'
import type { Money } from '../../rules/money.ts'
import { readings } from '../../rules/payments/paymentReference.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { addToOutbox } from '../outbox.ts'
import { insertPaymentReceipt, lockPaymentByReference, receiptsOfPayment, updatePayment } from '../store/paymentRows.ts'
import { addTimeline, type TimelineKind } from '../timeline.ts'
import { isPaid, stateAfter, type Payment, type PaymentState } from './payment.ts'

/** A transfer as somebody tells of it. */
export interface Transfer {
  source: 'bank' | 'paper'
  /** The bank's id of it, or the number on the slip: the same twice is one transfer. */
  transactionId: string
  /** As the payer typed it. */
  reference: string
  sum: Money
  paidAt: Date
}

/** The message a process waits for. Its correlation key is the case id. */
export const paymentReceived = 'payment-received'

const told: Readonly<Record<PaymentState, TimelineKind>> = {
  asked: 'payment-asked', short: 'payment-short', paid: 'payment-paid', late: 'payment-paid', over: 'payment-over', double: 'payment-over',
}
const messageLifeMs = 24 * 3_600_000

/**
 * Notes a transfer and how the payment stands with it; when the whole sum is there for the first time, the process is told. A
 * transfer told before changes nothing. One whose reference nobody asked for is kept without a payment, so that no money is lost
 * sight of: then the answer is null. Refusal: other-currency.
 */
export async function notePayment(context: Context, transfer: Transfer): Promise<Payment | null> {
  const { db, events, tenant, wakeOutbox } = context
  const noted = await db.transaction((trx) => noteIn(trx, context, transfer))
  if (noted?.isNew) {
    wakeOutbox()
    events.publish({ kind: 'case-changed', tenantId: tenant.id, caseId: noted.payment.caseId, taskId: null })
  }
  return noted?.payment ?? null
}

/** The same within a transaction of the caller's. */
export async function noteIn(
  trx: Transaction, context: Context, transfer: Transfer,
): Promise<{ payment: Payment; isNew: boolean } | undefined> {
  const { actor, clock, tenant } = context
  const payment = await lockPaymentByReference(trx, readings(tenant.country, transfer.reference))
  // A sum in another currency settles nothing by itself: a person has to look at it.
  if (payment && payment.sum.currency !== transfer.sum.currency) refuse('invalid', 'other-currency', { expected: payment.sum.currency })
  const nowMs = clock.now()
  const isNew = await insertPaymentReceipt(trx, {
    ...transfer, id: uuidv7(), paymentId: payment?.id ?? null, notedAt: new Date(nowMs), notedBy: actor.name || actor.id,
  })
  if (isNew) {
    await addAudit(trx, context, {
      action: 'payment.note', subject: payment?.id ?? 'unknown',
      facts: { source: transfer.source, reference: transfer.reference, minor: transfer.sum.minor, currency: transfer.sum.currency },
    })
  }
  if (!payment) return undefined
  if (!isNew) return { payment, isNew }

  const after = stateAfter(payment, await receiptsOfPayment(trx, payment.id))
  const now: Payment = { ...payment, ...after }
  await updatePayment(trx, payment.id, now)
  const { caseId } = payment
  await addTimeline(trx, { caseId, atMs: nowMs, kind: told[now.state] })
  if (isPaid(now) && !isPaid(payment)) {
    await addToOutbox(trx, {
      kind: 'publish-message', name: paymentReceived, correlationKey: caseId, messageId: `${paymentReceived} ${payment.id}`,
      timeToLiveMs: messageLifeMs, variables: {},
    }, nowMs)
  }
  return { payment: now, isNew }
}
