import { refuse } from '../base/errors.ts'
import type { Context } from './context.ts'
import { isMyDraft } from './may.ts'
import { deleteDocuments, documentsOfDraft } from './store/documentRows.ts'
import { deleteDraftRow, lockDraft } from './store/draftRows.ts'

/** Throws one's draft away with its files. */
export async function discardDraft({ actor, db, files, tenant }: Context, draftId: string): Promise<void> {
  const keys = await db.transaction(async (trx) => {
    const draft = await lockDraft(trx, draftId)
    if (!draft || !isMyDraft(actor, draft)) refuse('not-found', 'draft-not-found')
    const documents = await documentsOfDraft(trx, draftId)
    const keys = await deleteDocuments(trx, documents.map(({ id }) => id))
    await deleteDraftRow(trx, draftId)
    return keys
  })
  // After the commit: bytes without a row do no harm, a row without bytes would.
  for (const key of keys) await files.remove(tenant.id, key)
}
