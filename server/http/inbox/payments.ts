import { DateTime } from 'luxon'
import { recordProof } from '../../cases/payments/recordProof.ts'
import { RecordProof } from '../contract/payments.ts'
import { Id } from '../contract/words.ts'
import { read } from '../middleware/read.ts'
import { staffOnly } from '../middleware/signedIn.ts'
import type { Routes } from '../web.ts'

/** Payments that somebody proves on paper. */
export function addPayments(router: Routes): void {
  router.post('/inbox/cases/:caseId/payments', staffOnly, read(RecordProof.extend({ caseId: Id }), async (ctx, { caseId, paidOn, ...proof }) => {
    const paidAt = DateTime.fromISO(paidOn, { zone: ctx.town.timeZone }).toJSDate()
    await recordProof(ctx.context, caseId, { ...proof, paidAt })
    ctx.status = 204
  }))
}
