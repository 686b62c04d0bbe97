import { z } from 'zod'
import { readDocument } from '../../cases/readDocument.ts'
import { Id } from '../contract/words.ts'
import { read } from '../middleware/read.ts'
import { sendFile } from '../sendFile.ts'
import type { Routes } from '../web.ts'

const OneDocument = z.object({ caseId: Id, documentId: Id })

/** A paper of a case, for citizens and staff alike; the verb knows who may see what. */
export function addDocuments(router: Routes): void {
  router.get('/cases/:caseId/documents/:documentId', read(OneDocument, async (ctx, { caseId, documentId }) => {
    sendFile(ctx, await readDocument(ctx.context, caseId, documentId))
  }))
}
