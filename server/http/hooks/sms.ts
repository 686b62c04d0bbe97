import { z } from 'zod'
import { noteReport } from '../../cases/noteReport.ts'
import { systemActor } from '../../identity/actor.ts'
import { Id, Instant } from '../contract/words.ts'
import { townOf } from '../middleware/townOf.ts'
import type { Routes } from '../web.ts'
import { signedHook } from './signedHook.ts'

/** What the gateway tells of one message: `reference` is the id that we gave it. */
const SmsReport = z.object({
  reference: Id,
  status: z.enum(['delivered', 'failed']),
  at: Instant,
  /** The gateway's word for why; kept, never shown. */
  reason: z.string().max(200).default(''),
})

/** Where the SMS gateway tells whether a message has arrived. */
export function addSmsHook(router: Routes): void {
  router.post('/hooks/:tenant/sms', townOf, signedHook(({ settings }) => settings.SMS_HOOK_SECRET, SmsReport, async (ctx, report) => {
    const { reference: messageId, status, reason } = report
    const at = new Date(report.at)
    const context = ctx.neighbors.contextFor(ctx.town.id, systemActor('sms-gateway'))
    await noteReport(context, { messageId, at, ...(status === 'failed' ? { status, reason } : { status }) })
  }))
}
