import { refuse } from '../base/errors.ts'
import type { Context } from './context.ts'
import { forgetBytes } from './forgetBytes.ts'
import { isMyDraft } from './may.ts'
import { deleteDocuments, documentsOfDraft } from './store/documentRows.ts'
import { discardDraftRow, lockDraft } from './store/draftRows.ts'

/** Throws one's draft away with its files. */
export async function discardDraft(context: Context, draftId: string): Promise<void> {
  const { actor, clock, db } = context
  const keys = await db.transaction(async (trx) => {
    const draft = await lockDraft(trx, draftId)
    if (!draft || !isMyDraft(actor, draft)) refuse('not-found', 'draft-not-found')
    const documents = await documentsOfDraft(trx, draftId)
    const keys = await deleteDocuments(trx, documents.map(({ id }) => id))
    await discardDraftRow(trx, draftId, new Date(clock.now()))
    return keys
  })
  await forgetBytes(context, keys)
}
