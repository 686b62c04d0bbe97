import { z } from 'zod'
import { notePayment } from '../../cases/payments/notePayment.ts'
import { systemActor } from '../../identity/actor.ts'
import { money } from '../../rules/money.ts'
import { Instant } from '../contract/words.ts'
import { townOf } from '../middleware/townOf.ts'
import type { Routes } from '../web.ts'
import { signedHook } from './signedHook.ts'

/** One transfer, as a bank tells it. */
const Transfer = z.object({
  /** The bank's own id: the same twice is one transfer. */
  transaction: z.string().min(1).max(100),
  reference: z.string().min(1).max(60),
  amountMinor: z.number().int().min(1).max(1_000_000_000),
  currency: z.string().regex(/^[A-Z]{3}$/),
  paidAt: Instant,
})

/** Where the bank, or whoever reads its statements, tells what was paid. */
export function addPaymentsHook(router: Routes): void {
  router.post('/hooks/:tenant/payments', townOf, signedHook(({ settings }) => settings.PAYMENTS_HOOK_SECRET, Transfer, async (ctx, told) => {
    const { transaction, reference, amountMinor, currency, paidAt } = told
    const transfer = {
      source: 'bank' as const, transactionId: transaction, reference, sum: money(amountMinor, currency), paidAt: new Date(paidAt),
    }
    await notePayment(ctx.neighbors.contextFor(ctx.town.id, systemActor('bank')), transfer)
  }))
}
