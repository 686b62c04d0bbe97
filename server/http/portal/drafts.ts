import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { discardDraft } from '../../cases/discardDraft.ts'
import { handOverDraft, takeOverDraft } from '../../cases/handOverDraft.ts'
import { newestDraft, readDraft } from '../../cases/readDraft.ts'
import { saveDraft } from '../../cases/saveDraft.ts'
import { SaveDraft, TakeOver, type HandedOver } from '../contract/drafts.ts'
import { Id } from '../contract/words.ts'
import { cookieNames, setCookie } from '../cookies.ts'
import type { Attempts } from '../middleware/attempts.ts'
import { read } from '../middleware/read.ts'
import { showDraft } from '../show/showDraft.ts'
import type { Asked, Routes } from '../web.ts'

const OneDraft = z.object({ draftId: Id })
const NewestDraft = z.object({ procedure: z.string().max(60) })
// As long as the draft itself is kept.
const draftCookieMs = 30 * 24 * 60 * 60 * 1000

/** Requests not yet sent, kept at each change. */
export function addDrafts(router: Routes, attempts: Attempts): void {
  router.put('/drafts/:draftId', attempts.drafts, read(OneDraft.extend(SaveDraft.shape), async (ctx, { draftId, ...draft }) => {
    ctx.body = showDraft(await saveDraft(withDraftSecret(ctx), draftId, draft))
  }))

  router.get('/drafts/:draftId', read(OneDraft, async (ctx, { draftId }) => {
    ctx.body = showDraft(await readDraft(ctx.context, draftId))
  }))

  router.delete('/drafts/:draftId', read(OneDraft, async (ctx, { draftId }) => {
    await discardDraft(ctx.context, draftId)
    ctx.status = 204
  }))

  router.post('/drafts/:draftId/hand-over', attempts.drafts, read(OneDraft, async (ctx, { draftId }) => {
    const { code, until } = await handOverDraft(ctx.context, draftId)
    ctx.body = { code, until: until.toISOString() } satisfies HandedOver
  }))

  router.post('/drafts/:draftId/take-over', attempts.statusByCode, read(OneDraft.extend(TakeOver.shape), async (ctx, { draftId, code }) => {
    ctx.body = showDraft(await takeOverDraft(withDraftSecret(ctx), draftId, code))
  }))

  router.get('/drafts', read(NewestDraft, async (ctx, { procedure }) => {
    ctx.body = showDraft(await newestDraft(ctx.context, procedure))
  }))
}

/** A visitor who is not signed in keeps the key to their drafts in a cookie, made with the first draft. */
function withDraftSecret(ctx: Asked): Asked['context'] {
  const { actor } = ctx.context
  if (actor.accountId || actor.draftSecret) return ctx.context
  const draftSecret = randomBytes(32).toString('base64url')
  setCookie(ctx, cookieNames.draft(ctx.town.id), draftSecret, { maxAgeMs: draftCookieMs })
  return ctx.neighbors.contextFor(ctx.town.id, { ...actor, draftSecret })
}
