import type { PaymentFile } from '../../cases/payments/payment.ts'
import { money } from '../../rules/money.ts'
import type { ShownPayment } from '../contract/payments.ts'

/** A payment for citizen and clerk alike. */
export function showPayment({ payment, receipts, slip }: PaymentFile): ShownPayment {
  const { state, sum, receivedMinor, dueAt, paidAt } = payment
  return {
    state,
    sum: { ...sum },
    received: money(receivedMinor, sum.currency),
    difference: money(Math.abs(sum.minor - receivedMinor), sum.currency),
    dueAt: dueAt.toISOString(),
    paidAt: paidAt?.toISOString() ?? null,
    slip: slip && {
      payee: slip.payee, account: slip.account, purpose: slip.purpose, model: slip.model, reference: slip.reference,
      paymentCode: slip.paymentCode, ips: slip.ips,
    },
    receipts: receipts.map((receipt) => ({ source: receipt.source, sum: { ...receipt.sum }, paidAt: receipt.paidAt.toISOString() })),
  }
}
