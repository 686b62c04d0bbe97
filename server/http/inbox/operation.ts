import { checkAudit } from '../../cases/operation/checkAudit.ts'
import { discardStalled } from '../../cases/operation/discardStalled.ts'
import { listTroubles } from '../../cases/operation/listTroubles.ts'
import { resolveIncident } from '../../cases/operation/resolveIncident.ts'
import { retryJob } from '../../cases/operation/retryJob.ts'
import { sendAgain } from '../../cases/operation/sendAgain.ts'
import {
  type AuditCheck, DiscardStalled, OneKey, OneStalled, OperationQuery, ResolveIncident, RetryJob, SendAgain,
} from '../contract/operation.ts'
import { read } from '../middleware/read.ts'
import { staffOnly } from '../middleware/signedIn.ts'
import { showOperation } from '../show/showOperation.ts'
import type { Asked, Routes } from '../web.ts'

const IncidentToResolve = OneKey.extend(ResolveIncident.shape)
const JobToRetry = OneKey.extend(RetryJob.shape)
const StalledToSend = OneStalled.extend(SendAgain.shape)
const StalledToDiscard = OneStalled.extend(DiscardStalled.shape)

/** What stands still in the town, and how its administrator sets it going. */
export function addOperation(router: Routes): void {
  router.get('/inbox/operation', staffOnly, read(OperationQuery, async (ctx, { language }) => {
    ctx.body = await showOperation(ctx.context, await listTroubles(ctx.context), language)
  }))

  router.get('/inbox/operation/audit', staffOnly, async (ctx: Asked) => {
    const { entries, brokenAt, seal } = await checkAudit(ctx.context)
    ctx.body = { entries, brokenAt: brokenAt === null ? null : String(brokenAt), seal } satisfies AuditCheck
  })

  router.post('/inbox/operation/incidents/:key/resolve', staffOnly, read(IncidentToResolve, async (ctx, { key, ...repair }) => {
    await resolveIncident(ctx.context, key, repair)
    ctx.status = 204
  }))

  router.post('/inbox/operation/jobs/:key/retry', staffOnly, read(JobToRetry, async (ctx, { key, reason }) => {
    await retryJob(ctx.context, key, reason)
    ctx.status = 204
  }))

  router.post('/inbox/operation/stalled/:id/send-again', staffOnly, read(StalledToSend, async (ctx, { id, ...again }) => {
    await sendAgain(ctx.context, id, again)
    ctx.status = 204
  }))

  router.post('/inbox/operation/stalled/:id/discard', staffOnly, read(StalledToDiscard, async (ctx, { id, reason }) => {
    await discardStalled(ctx.context, id, reason)
    ctx.status = 204
  }))
}
