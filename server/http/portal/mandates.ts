import { z } from 'zod'
import { acceptOffer, readOffer } from '../../cases/mandates/acceptOffer.ts'
import { askMandate } from '../../cases/mandates/askMandate.ts'
import { fileOf, myMandates } from '../../cases/mandates/listMandates.ts'
import { offerMandate } from '../../cases/mandates/offerMandate.ts'
import { attachProof, readProof } from '../../cases/mandates/proof.ts'
import { revokeMandate } from '../../cases/mandates/revokeMandate.ts'
import { uploadLimits } from '../contract/drafts.ts'
import { AcceptOffer, AskMandate, OfferMandate, RevokeMandate, type Mandates } from '../contract/mandates.ts'
import { Id, Language } from '../contract/words.ts'
import type { Attempts } from '../middleware/attempts.ts'
import { read, understand } from '../middleware/read.ts'
import { readUpload } from '../middleware/readUpload.ts'
import { signedIn } from '../middleware/signedIn.ts'
import { sendFile } from '../sendFile.ts'
import { showMandate, type MandateReader } from '../show/showMandate.ts'
import type { Asked, Routes } from '../web.ts'

const InLanguage = z.object({ language: Language.optional() })
const OneMandate = z.object({ mandateId: Id })
const OneOffer = OneMandate.extend(AcceptOffer.shape).extend(InLanguage.shape)
const OnePaper = OneMandate.extend({ documentId: Id })

/** For whom I may act, and who may act for me. */
export function addMandates(router: Routes, attempts: Attempts): void {
  router.get('/mandates', signedIn, read(InLanguage, async (ctx, { language }) => {
    ctx.body = { mandates: (await myMandates(ctx.context)).map((file) => showMandate(file, readerOf(ctx, language))) } satisfies Mandates
  }))

  router.post('/mandates', signedIn, attempts.filing, read(AskMandate, async (ctx, asked) => {
    ctx.body = await shown(ctx, await askMandate(ctx.context, asked))
  }))

  router.post('/mandates/offers', signedIn, attempts.filing, read(OfferMandate, async (ctx, offered) => {
    ctx.body = await shown(ctx, await offerMandate(ctx.context, offered))
  }))

  router.post('/mandates/:mandateId/proof', signedIn, attempts.uploads, async (ctx: Asked) => {
    const { mandateId } = understand(OneMandate, ctx.params)
    const { id } = await attachProof(ctx.context, mandateId, await readUpload(ctx, uploadLimits.maxBytes))
    ctx.body = { id }
  })

  router.get('/mandates/:mandateId/documents/:documentId', signedIn, read(OnePaper, async (ctx, { mandateId, documentId }) => {
    sendFile(ctx, await readProof(ctx.context, mandateId, documentId))
  }))

  router.post('/mandates/:mandateId/offer', signedIn, attempts.statusByCode, read(OneOffer, async (ctx, { mandateId, code, language }) => {
    ctx.body = showMandate(await fileOf(ctx.context, await readOffer(ctx.context, mandateId, code)), readerOf(ctx, language))
  }))

  router.post('/mandates/:mandateId/accept', signedIn, attempts.statusByCode, read(OneOffer, async (ctx, { mandateId, code }) => {
    ctx.body = await shown(ctx, await acceptOffer(ctx.context, mandateId, code))
  }))

  router.post('/mandates/:mandateId/revoke', signedIn, read(OneMandate.extend(RevokeMandate.shape), async (ctx, { mandateId, reason }) => {
    ctx.body = await shown(ctx, await revokeMandate(ctx.context, mandateId, reason))
  }))
}

async function shown(ctx: Asked, mandate: Parameters<typeof fileOf>[1]) {
  return showMandate(await fileOf(ctx.context, mandate), readerOf(ctx))
}

export function readerOf({ context, town }: Asked, language: Language = town.firstLanguage): MandateReader {
  return { town, packages: context.packages, actor: context.actor, language }
}
