import { createHash } from 'node:crypto'
import { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import { money } from '../../rules/money.ts'
import { paymentReference, plain } from '../../rules/payments/paymentReference.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { findPaymentOfCase, insertPayment } from '../store/paymentRows.ts'
import { lockCase } from '../store/caseRows.ts'
import { addTimeline } from '../timeline.ts'
import type { Payment } from './payment.ts'

// The usual term of a reminder to pay; a town may wait longer, nobody is refused for a day.
const daysToPay = 15
// Ten digits of a hash: two cases of a town that share one are as likely as a lottery prize, and then the next is taken.
const mostTries = 20

/**
 * Asks for the fee of a case under a reference of its own, once: asked again, it answers what was asked before. Null where nothing is
 * due (no fee, or not worked out) and where the town has named no account for it.
 */
export async function askForPayment(context: Context, caseId: string): Promise<Payment | null> {
  const { clock, db, events, tenant } = context
  const asked = await db.transaction(async (trx) => {
    const case_ = await lockCase(trx, caseId)
    if (!case_) throw new Error(`Expected case ${caseId} but found none`)
    const earlier = await findPaymentOfCase(trx, caseId)
    if (earlier) return { payment: earlier, isNew: false }
    if (!tenant.payments || !case_.feeMinor || case_.currency === null) return undefined
    const nowMs = clock.now()
    const due = DateTime.fromMillis(nowMs, { zone: tenant.timeZone }).plus({ days: daysToPay }).endOf('day')
    for (let attempt = 0; attempt < mostTries; attempt++) {
      const reference = paymentReference(tenant.country, tenant.payments.code, digitsOf(caseId, attempt))
      const payment: Payment = {
        id: uuidv7(), caseId, sum: money(case_.feeMinor, case_.currency), reference, state: 'asked', receivedMinor: 0,
        askedAt: new Date(nowMs), dueAt: due.toJSDate(), paidAt: null,
      }
      if (!(await insertPayment(trx, { ...payment, referenceKey: plain(reference) }))) continue
      await addTimeline(trx, { caseId, atMs: nowMs, kind: 'payment-asked', onlyOnce: `payment-asked ${caseId}` })
      await addAudit(trx, context, { action: 'payment.ask', subject: payment.id, forWhom: case_.applicantId, facts: { caseId, reference } })
      return { payment, isNew: true }
    }
    throw new Error(`Expected a free payment reference for case ${caseId}, but ${mostTries} were taken`)
  })
  if (asked?.isNew) events.publish({ kind: 'case-changed', tenantId: tenant.id, caseId, taskId: null })
  return asked?.payment ?? null
}

function digitsOf(caseId: string, attempt: number): string {
  const hash = createHash('sha256').update(`${caseId} ${attempt}`).digest()
  return String(hash.readUIntBE(0, 6) % 10_000_000_000).padStart(10, '0')
}
