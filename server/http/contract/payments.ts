import { z } from 'zod'
import { Day, Instant, Money } from './words.ts'

/** What a case costs, how it is paid, and what came for it. */
export const ShownPayment = z.object({
  /** Text key `payments.states.<state>`. */
  state: z.enum(['asked', 'short', 'paid', 'late', 'over', 'double']),
  sum: Money,
  received: Money,
  /** What is still missing, or too much; nothing where neither. */
  difference: Money,
  dueAt: Instant,
  paidAt: Instant.nullable(),
  /** Null: the town has no account any more. */
  slip: z.object({
    payee: z.string(),
    account: z.string(),
    purpose: z.string(),
    model: z.string().nullable(),
    reference: z.string(),
    paymentCode: z.string().nullable(),
    /** Text of the IPS QR code; null outside Serbia. */
    ips: z.string().nullable(),
  }).nullable(),
  receipts: z.array(z.object({ source: z.enum(['bank', 'paper']), sum: Money, paidAt: Instant })),
})
export type ShownPayment = z.infer<typeof ShownPayment>

/** POST /api/{tenant}/inbox/cases/{caseId}/payments — a slip that a clerk has seen. Answers nothing. */
export const RecordProof = z.object({
  slip: z.string().trim().min(1).max(60),
  amountMinor: z.number().int().min(1).max(1_000_000_000),
  paidOn: Day,
})
export type RecordProof = z.infer<typeof RecordProof>
