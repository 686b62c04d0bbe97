import { refuse } from '../../base/errors.ts'
import type { Transaction } from '../../db/transaction.ts'
import { addAudit } from '../audit.ts'
import { isClosed, type Case } from '../case.ts'
import type { Context } from '../context.ts'
import { tellProcess } from '../deadlines/changeTerm.ts'
import { openPause } from '../deadlines/deadline.ts'
import { endPauseOf } from '../deadlines/resumeDeadline.ts'
import { forWhom } from '../mandates/forWhom.ts'
import { isTheirs } from '../may.ts'
import { visibleCase } from '../readCase.ts'
import { lockCase, updateCase } from '../store/caseRows.ts'
import { lockDeadline } from '../store/deadlineRows.ts'
import { documentsOfCase } from '../store/documentRows.ts'
import { openSupplement, settleSupplement } from '../store/supplementRows.ts'
import { addTimeline } from '../timeline.ts'
import { fieldOf, type Supplement } from './supplement.ts'

/** What the actor has been asked for in their own case; refuses with not-found, not-allowed and supplement-not-open. Locks the case. */
export async function supplementToAnswer(
  trx: Transaction, context: Context, caseId: string,
): Promise<{ case: Case; supplement: Supplement }> {
  const found = await visibleCase(trx, context, caseId)
  if (!isTheirs(context.actor, 'supplement.answer', found)) refuse('not-allowed', 'not-allowed')
  const case_ = await lockCase(trx, caseId)
  const supplement = await openSupplement(trx, caseId)
  if (!case_ || isClosed(case_) || !supplement) refuse('wrong-state', 'supplement-not-open')
  return { case: case_, supplement }
}

/**
 * Sends what was asked for: words, and the files added before. A term that stood for it runs again from now on. Refusals as of
 * {@link supplementToAnswer}, and supplement-empty.
 */
export async function answerSupplement(context: Context, caseId: string, text: string): Promise<void> {
  const { actor, clock, db, events, tenant } = context
  const answer = text.trim()
  const taskId = await db.transaction(async (trx) => {
    const { case: case_, supplement } = await supplementToAnswer(trx, context, caseId)
    const files = (await documentsOfCase(trx, caseId)).filter(({ field }) => field === fieldOf(supplement)).length
    if (answer === '' && files === 0) refuse('invalid', 'supplement-empty')
    await settle(trx, context, supplement, { state: 'answered', answer: answer || null })
    const names = { actorName: actor.name, ...(await forWhom(trx, context, case_)) }
    await addTimeline(trx, { caseId, atMs: clock.now(), kind: 'supplement-answered', facts: { files }, ...names })
    await addAudit(trx, context, {
      action: 'supplement.answer', subject: caseId, forWhom: case_.applicantId, facts: { supplement: supplement.id, files },
    })
    return supplement.taskId
  })
  context.wakeOutbox()
  events.publish({ kind: 'case-changed', tenantId: tenant.id, caseId, taskId })
}

/** Nothing is waited for any more: the case goes on, and a term that stood for it runs again. */
export async function settle(
  trx: Transaction, context: Context, supplement: Supplement, how: { state: 'answered' | 'missed'; answer: string | null },
): Promise<void> {
  const at = new Date(context.clock.now())
  const { caseId } = supplement
  await settleSupplement(trx, supplement.id, { ...how, at })
  await updateCase(trx, caseId, { status: 'in-progress', changedAt: at })
  const deadline = await lockDeadline(trx, caseId)
  if (!deadline) return
  if (openPause(deadline)?.why === 'supplement') await endPauseOf(trx, context, deadline)
  else await tellProcess(trx, context, deadline)
}
