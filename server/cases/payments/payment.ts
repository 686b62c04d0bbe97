import type { Money } from '../../rules/money.ts'
import type { PaymentSlip } from '../../rules/payments/paymentSlip.ts'

/**
 * How a payment stands. short: less than was asked; double: the whole sum again; over: more in any other way; late: the whole sum,
 * after the day it was due.
 */
export const paymentStates = ['asked', 'short', 'paid', 'late', 'over', 'double'] as const
export type PaymentState = (typeof paymentStates)[number]

/** A sum that a case costs, asked for under a reference of its own. */
export interface Payment {
  id: string
  caseId: string
  sum: Money
  reference: string
  state: PaymentState
  receivedMinor: number
  askedAt: Date
  /** Until the end of this moment it is in time. */
  dueAt: Date
  /** When the whole sum was there; null while it is not. */
  paidAt: Date | null
}

/** One transfer, as the bank tells it or as a slip shows it. */
export interface PaymentReceipt {
  id: string
  source: 'bank' | 'paper'
  transactionId: string
  sum: Money
  paidAt: Date
  /** Who noted it, as staff see it. */
  notedBy: string
}

/** A payment with what came for it, and how to pay it. */
export interface PaymentFile {
  payment: Payment
  receipts: PaymentReceipt[]
  /** Null when the town has no account to pay to any more. */
  slip: PaymentSlip | null
}

/** Whether the whole sum is there, in whatever way. */
export function isPaid({ state }: Pick<Payment, 'state'>): boolean {
  return state !== 'asked' && state !== 'short'
}

/** How a payment stands after these transfers, the oldest first; and when the whole sum was there. */
export function stateAfter(
  { sum, dueAt }: Pick<Payment, 'sum' | 'dueAt'>, receipts: readonly { sum: Money; paidAt: Date }[],
): { state: PaymentState; receivedMinor: number; paidAt: Date | null } {
  let receivedMinor = 0
  let paidAt: Date | null = null
  let isDouble = false
  for (const receipt of receipts) {
    isDouble ||= paidAt !== null && receipt.sum.minor === sum.minor
    receivedMinor += receipt.sum.minor
    if (receivedMinor >= sum.minor) paidAt ??= receipt.paidAt
  }
  const state = ((): PaymentState => {
    if (receivedMinor === 0) return 'asked'
    if (!paidAt) return 'short'
    if (receivedMinor > sum.minor) return isDouble ? 'double' : 'over'
    return paidAt > dueAt ? 'late' : 'paid'
  })()
  return { state, receivedMinor, paidAt }
}
