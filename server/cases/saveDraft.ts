import { refuse } from '../base/errors.ts'
import { sha256 } from '../identity/keys.ts'
import type { Answers } from './case.ts'
import type { Context } from './context.ts'
import type { CaseDocument } from './document.ts'
import type { ApplicantGiven, Draft } from './draft.ts'
import { isMyDraft } from './may.ts'
import { isFiled } from './store/caseRows.ts'
import { documentsOfDraft } from './store/documentRows.ts'
import { isDiscarded, lockDraft, saveDraftRow } from './store/draftRows.ts'

export interface DraftGiven {
  procedure: string
  answers: Answers
  applicant: Partial<ApplicantGiven>
  page: number
}

export interface DraftWithFiles {
  draft: Draft
  files: CaseDocument[]
}

// Long enough for a paper to be fetched from another office, short enough to forget what was never sent.
const keptMs = 30 * 24 * 3_600_000

/**
 * Keeps a request half-way, unchecked. The id is the browser's own, so that a lost reply costs nothing. A visitor's draft goes
 * over to their account at the first save after signing in. Somebody else's draft is not found. A save that comes late brings
 * nothing back: what has been filed is over (already-filed), what was thrown away is not found.
 */
export async function saveDraft(context: Context, draftId: string, given: DraftGiven): Promise<DraftWithFiles> {
  const { actor, clock, db, packages } = context
  if (!packages.newest(given.procedure)) refuse('not-found', 'procedure-not-offered')
  if (!actor.accountId && !actor.draftSecret) refuse('not-allowed', 'not-signed-in')
  return db.transaction(async (trx) => {
    const earlier = await lockDraft(trx, draftId)
    if (earlier && (!isMyDraft(actor, earlier) || earlier.procedure !== given.procedure)) refuse('not-found', 'draft-not-found')
    if (!earlier && (await isFiled(trx, draftId))) refuse('wrong-state', 'already-filed')
    if (!earlier && (await isDiscarded(trx, draftId))) refuse('not-found', 'draft-not-found')
    const draft: Draft = {
      ...given,
      id: draftId,
      accountId: actor.accountId ?? null,
      secretHash: actor.accountId ? null : sha256(actor.draftSecret ?? ''),
      changedAt: new Date(clock.now()),
      expiresAt: new Date(clock.now() + keptMs),
    }
    await saveDraftRow(trx, draft)
    return { draft, files: await documentsOfDraft(trx, draftId) }
  })
}
