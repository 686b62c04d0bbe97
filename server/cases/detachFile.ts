import { refuse } from '../base/errors.ts'
import type { Context } from './context.ts'
import { forgetBytes } from './forgetBytes.ts'
import { isMyDraft } from './may.ts'
import { deleteDocuments, findDocument } from './store/documentRows.ts'
import { lockDraft } from './store/draftRows.ts'

/** Takes a file out of one's draft and forgets its bytes. */
export async function detachFile(context: Context, draftId: string, documentId: string): Promise<void> {
  const { actor, db } = context
  const keys = await db.transaction(async (trx) => {
    const draft = await lockDraft(trx, draftId)
    if (!draft || !isMyDraft(actor, draft)) refuse('not-found', 'draft-not-found')
    const document = await findDocument(trx, documentId)
    if (document?.draftId !== draftId) refuse('not-found', 'not-found')
    return deleteDocuments(trx, [documentId])
  })
  await forgetBytes(context, keys)
}
