import { askForPayment as ask } from '../cases/payments/askForPayment.ts'
import { caseIdOf } from './jobInput.ts'
import type { Worker } from './worker.ts'

/**
 * `ask-for-payment`: asks for the fee. Answers `paymentAsked`, false where nothing is due, and, where something is, `remindAt` and
 * `cancelAt`: the moments for the timers of a process that waits for `payment-received`.
 */
export const askForPayment: Worker = async (context, job) => {
  const payment = await ask(context, await caseIdOf(context, job))
  if (!payment) return { paymentAsked: false }
  const remindAt = new Date(payment.askedAt.getTime() + remindAfterMs)
  return { paymentAsked: true, remindAt: remindAt.toISOString(), cancelAt: payment.dueAt.toISOString() }
}

const remindAfterMs = 3 * 24 * 3_600_000
