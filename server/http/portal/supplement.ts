import { z } from 'zod'
import { readCase } from '../../cases/readCase.ts'
import { answerSupplement } from '../../cases/supplement/answerSupplement.ts'
import { attachSupplement, detachSupplement } from '../../cases/supplement/attachSupplement.ts'
import { uploadLimits } from '../contract/drafts.ts'
import { AnswerSupplement } from '../contract/terms.ts'
import { Id } from '../contract/words.ts'
import type { Attempts } from '../middleware/attempts.ts'
import { read, understand } from '../middleware/read.ts'
import { readUpload } from '../middleware/readUpload.ts'
import { showUpload } from '../show/showDocument.ts'
import type { Asked, Routes } from '../web.ts'

const OneCase = z.object({ caseId: Id })
const OneFile = z.object({ caseId: Id, fileId: Id })

/** What the town has asked for, supplied by whom the case belongs to. */
export function addSupplement(router: Routes, attempts: Attempts): void {
  router.post('/cases/:caseId/supplement', read(OneCase.extend(AnswerSupplement.shape), async (ctx, { caseId, text }) => {
    await answerSupplement(ctx.context, caseId, text)
    ctx.status = 204
  }))

  router.post('/cases/:caseId/supplement/files', attempts.uploads, async (ctx: Asked) => {
    const { caseId } = understand(OneCase, { ...ctx.params })
    // A stranger is turned away before their megabytes are read.
    await readCase(ctx.context, caseId)
    ctx.body = showUpload(await attachSupplement(ctx.context, caseId, await readUpload(ctx, uploadLimits.maxBytes)))
  })

  router.delete('/cases/:caseId/supplement/files/:fileId', read(OneFile, async (ctx, { caseId, fileId }) => {
    await detachSupplement(ctx.context, caseId, fileId)
    ctx.status = 204
  }))
}
