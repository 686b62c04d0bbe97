import { z } from 'zod'
import { receiptPdf } from '../../cases/letters/receiptPdf.ts'
import { myCases } from '../../cases/myCases.ts'
import { openCase } from '../../cases/openCase.ts'
import { readCase } from '../../cases/readCase.ts'
import { myDrafts } from '../../cases/readDraft.ts'
import { titleOf } from '../../cases/words.ts'
import { systemActor } from '../../identity/actor.ts'
import { openCodeSession } from '../../identity/sessions.ts'
import { FileCase, type MyCases } from '../contract/cases.ts'
import { Id, Language } from '../contract/words.ts'
import { cookieNames, setCookie } from '../cookies.ts'
import type { Attempts } from '../middleware/attempts.ts'
import { read } from '../middleware/read.ts'
import { signedIn } from '../middleware/signedIn.ts'
import { sendFile } from '../sendFile.ts'
import { showCase, showMyCase } from '../show/showCase.ts'
import { showReceipt } from '../show/showReceipt.ts'
import type { Asked, Routes } from '../web.ts'

const InLanguage = z.object({ language: Language.optional() })
const OneCase = InLanguage.extend({ caseId: Id })

/** Filing, my requests, one request, its receipt. */
export function addCases(router: Routes, attempts: Attempts): void {
  router.post('/cases', attempts.filing, read(FileCase, async (ctx, request) => {
    const { case: filed, accessCode } = await openCase(ctx.context, { ...request, channel: 'portal' })
    if (!filed.accountId) await openItsPage(ctx, filed.id)
    // Whoever filed may read the receipt, whatever else they may see.
    const file = await readCase(ctx.neighbors.contextFor(ctx.town.id, systemActor('receipt')), filed.id)
    ctx.body = showReceipt(file, accessCode, ctx.town, request.language, ctx.context.channels)
  }))

  router.get('/cases', signedIn, read(InLanguage, async (ctx, { language = ctx.town.firstLanguage }) => {
    const { context, town } = ctx
    const [cases, drafts] = [await myCases(context), await myDrafts(context)]
    ctx.body = {
      cases: cases.map((each) => showMyCase(each, town, language)),
      drafts: drafts.map(({ draft, package: pack }) => ({
        id: draft.id, procedure: draft.procedure, title: titleOf(pack, language, town.country), savedAt: draft.changedAt.toISOString(),
      })),
    } satisfies MyCases
  }))

  router.get('/cases/:caseId', read(OneCase, async (ctx, { caseId, language = ctx.town.firstLanguage }) => {
    ctx.body = showCase(await readCase(ctx.context, caseId), ctx.town, language)
  }))

  router.get('/cases/:caseId/receipt.pdf', attempts.papers, read(OneCase, async (ctx, { caseId }) => {
    sendFile(ctx, { fileName: 'receipt.pdf', mediaType: 'application/pdf', bytes: await receiptPdf(ctx.context, caseId) })
  }))
}

/** Who files without an account gets half an hour with the case, as if number and code had been typed. */
async function openItsPage(ctx: Asked, caseId: string): Promise<void> {
  setCookie(ctx, cookieNames.code(ctx.town.id), await openCodeSession(ctx.context, caseId))
}
