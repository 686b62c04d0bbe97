import { z } from 'zod'
import { confirmMandate, refuseMandate } from '../../cases/mandates/decideMandate.ts'
import { fileOf, listMandates } from '../../cases/mandates/listMandates.ts'
import { recordMandate } from '../../cases/mandates/recordMandate.ts'
import { ConfirmMandate, MandateQuery, RecordMandate, RefuseMandate, type Mandates, type RecordedMandate } from '../contract/mandates.ts'
import { Id } from '../contract/words.ts'
import { read } from '../middleware/read.ts'
import { staffOnly } from '../middleware/signedIn.ts'
import { readerOf } from '../portal/mandates.ts'
import { showMandate } from '../show/showMandate.ts'
import type { Routes } from '../web.ts'

const OneMandate = z.object({ mandateId: Id })

/** What citizens ask to be confirmed, and what a clerk has seen at the counter. */
export function addMandateDesk(router: Routes): void {
  router.get('/inbox/mandates', staffOnly, read(MandateQuery, async (ctx, { language, ...query }) => {
    ctx.body = { mandates: (await listMandates(ctx.context, query)).map((file) => showMandate(file, readerOf(ctx, language))) } satisfies Mandates
  }))

  router.post('/inbox/mandates', staffOnly, read(RecordMandate, async (ctx, seen) => {
    const { mandate, warnings } = await recordMandate(ctx.context, seen)
    ctx.body = {
      mandate: showMandate(await fileOf(ctx.context, mandate), readerOf(ctx)), warnings: warnings.map(({ key }) => key),
    } satisfies RecordedMandate
  }))

  router.post('/inbox/mandates/:mandateId/confirm', staffOnly, read(OneMandate.extend(ConfirmMandate.shape), async (ctx, { mandateId, ...given }) => {
    ctx.body = showMandate(await fileOf(ctx.context, await confirmMandate(ctx.context, mandateId, given)), readerOf(ctx))
  }))

  router.post('/inbox/mandates/:mandateId/refuse', staffOnly, read(OneMandate.extend(RefuseMandate.shape), async (ctx, { mandateId, reason }) => {
    ctx.body = showMandate(await fileOf(ctx.context, await refuseMandate(ctx.context, mandateId, reason)), readerOf(ctx))
  }))
}
