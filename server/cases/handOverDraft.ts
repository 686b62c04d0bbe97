import { refuse } from '../base/errors.ts'
import { isSame, normalizeCode, randomCode, sha256 } from '../identity/keys.ts'
import { addAudit } from './audit.ts'
import type { Context } from './context.ts'
import type { Draft } from './draft.ts'
import { isMyDraft } from './may.ts'
import type { DraftWithFiles } from './saveDraft.ts'
import { documentsOfDraft } from './store/documentRows.ts'
import { endDraftOffer, lockDraft, offerDraftRow, offerOfDraft, saveDraftRow } from './store/draftRows.ts'

export interface HandedOver {
  /** 20 Crockford characters (100 bits), told once, in a link. */
  code: string
  until: Date
}

// A week: long enough to be looked at on Sunday, short enough for a link that lies about.
const openMs = 7 * 24 * 3_600_000

/** Whoever prepared a request for another gives it to them by a link: they look it through and send it themselves. Refusal: draft-not-found. */
export async function handOverDraft(context: Context, draftId: string): Promise<HandedOver> {
  const { actor, clock, db } = context
  const handed = { code: randomCode(20), until: new Date(clock.now() + openMs) }
  await db.transaction(async (trx) => {
    const draft = await lockDraft(trx, draftId)
    if (!draft || !isMyDraft(actor, draft)) refuse('not-found', 'draft-not-found')
    await offerDraftRow(trx, draftId, { hash: sha256(handed.code), until: handed.until })
    await addAudit(trx, context, { action: 'draft.hand-over', subject: draftId })
  })
  return handed
}

/**
 * Takes a prepared request over by the code of its link, once: it is theirs from now on and out of the sight of who prepared it.
 * Answers and papers stay; who files is asked anew. Refusals: not-signed-in, draft-not-found (also after a wrong or late code).
 */
export async function takeOverDraft(context: Context, draftId: string, code: string): Promise<DraftWithFiles> {
  const { actor, clock, db } = context
  if (!actor.accountId && !actor.draftSecret) refuse('not-allowed', 'not-signed-in')
  return db.transaction(async (trx) => {
    const earlier = await lockDraft(trx, draftId)
    const hash = earlier && (await offerOfDraft(trx, draftId, new Date(clock.now())))
    if (!earlier || !hash || !isSame(hash, sha256(normalizeCode(code)))) refuse('not-found', 'draft-not-found')
    const draft: Draft = {
      ...earlier,
      accountId: actor.accountId ?? null,
      secretHash: actor.accountId ? null : sha256(actor.draftSecret ?? ''),
      applicant: {},
      changedAt: new Date(clock.now()),
    }
    await saveDraftRow(trx, draft)
    await endDraftOffer(trx, draftId)
    await addAudit(trx, context, { action: 'draft.take-over', subject: draftId })
    return { draft, files: await documentsOfDraft(trx, draftId) }
  })
}
