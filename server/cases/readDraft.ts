import { refuse } from '../base/errors.ts'
import { sha256 } from '../identity/keys.ts'
import type { Actor } from '../identity/actor.ts'
import type { Context, ShelvedPackage } from './context.ts'
import type { Draft } from './draft.ts'
import { isMyDraft } from './may.ts'
import type { DraftWithFiles } from './saveDraft.ts'
import { documentsOfDraft } from './store/documentRows.ts'
import { draftsOf, findDraft } from './store/draftRows.ts'

/** A draft of one's own with its files. */
export async function readDraft({ actor, db }: Context, draftId: string): Promise<DraftWithFiles> {
  return db.transaction(async (trx) => {
    const draft = await findDraft(trx, draftId)
    if (!draft || !isMyDraft(actor, draft)) refuse('not-found', 'draft-not-found')
    return { draft, files: await documentsOfDraft(trx, draftId) }
  })
}

/** The draft of this procedure that one worked on last. */
export async function newestDraft({ actor, db }: Context, procedure: string): Promise<DraftWithFiles> {
  return db.transaction(async (trx) => {
    const [draft] = await draftsOf(trx, ownerOf(actor), procedure)
    if (!draft) refuse('not-found', 'draft-not-found')
    return { draft, files: await documentsOfDraft(trx, draft.id) }
  })
}

/** One's drafts of procedures still offered, the last changed first. */
export async function myDrafts({ actor, db, packages }: Context): Promise<{ draft: Draft; package: ShelvedPackage }[]> {
  const drafts = await db.transaction((trx) => draftsOf(trx, ownerOf(actor)))
  return drafts.flatMap((draft) => {
    const pack = packages.newest(draft.procedure)
    return pack ? [{ draft, package: pack }] : []
  })
}

function ownerOf(actor: Actor): { accountId?: string; secretHash?: Buffer } {
  if (!actor.accountId && !actor.draftSecret) refuse('not-found', 'draft-not-found')
  return { accountId: actor.accountId, secretHash: actor.draftSecret ? sha256(actor.draftSecret) : undefined }
}
