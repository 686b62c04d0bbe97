import { z } from 'zod'
import { attachFile } from '../../cases/attachFile.ts'
import { detachFile } from '../../cases/detachFile.ts'
import { readDraft } from '../../cases/readDraft.ts'
import { uploadLimits } from '../contract/drafts.ts'
import { Id } from '../contract/words.ts'
import type { Attempts } from '../middleware/attempts.ts'
import { read, understand } from '../middleware/read.ts'
import { readUpload } from '../middleware/readUpload.ts'
import { showUpload } from '../show/showDocument.ts'
import type { Asked, Routes } from '../web.ts'

const Place = z.object({ draftId: Id, field: z.string().min(1).max(100) })
const OneFile = z.object({ draftId: Id, fileId: Id })

/** Papers added to a request before it is sent. */
export function addFiles(router: Routes, attempts: Attempts): void {
  router.post('/drafts/:draftId/files', attempts.uploads, async (ctx: Asked) => {
    const place = understand(Place, { ...ctx.query, ...ctx.params })
    // A stranger is turned away before their megabytes are read.
    await readDraft(ctx.context, place.draftId)
    const upload = await readUpload(ctx, uploadLimits.maxBytes)
    ctx.body = showUpload(await attachFile(ctx.context, place.draftId, { field: place.field, ...upload }))
  })

  router.delete('/drafts/:draftId/files/:fileId', read(OneFile, async (ctx, { draftId, fileId }) => {
    await detachFile(ctx.context, draftId, fileId)
    ctx.status = 204
  }))
}
