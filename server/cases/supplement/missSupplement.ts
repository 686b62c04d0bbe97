import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { termVariables, type TermVariables } from '../deadlines/lookAtTerm.ts'
import { writeToApplicant } from '../sendToApplicant.ts'
import { findCase, lockCase } from '../store/caseRows.ts'
import { deadlinesOf } from '../store/deadlineRows.ts'
import { openSupplement } from '../store/supplementRows.ts'
import { addTimeline } from '../timeline.ts'
import { settle } from './answerSupplement.ts'

/**
 * The day to answer has passed: the term runs again, citizen and clerk are told, with what follows by law. Answers the term as the
 * process should know it. What has been answered meanwhile, or is not due yet, stays as it is.
 */
export async function missSupplement(context: Context, caseId: string): Promise<TermVariables> {
  const { clock, db, events, packages, tenant } = context
  const known = await db.transaction((trx) => findCase(trx, caseId))
  if (!known) throw new Error(`Expected case ${caseId} but found none`)
  const pack = await packages.version(known.procedure, known.packageVersion)
  const { missed, variables } = await db.transaction(async (trx) => {
    const case_ = await lockCase(trx, caseId)
    const supplement = await openSupplement(trx, caseId)
    const missed = case_ !== undefined && supplement !== undefined && supplement.dueAt.getTime() <= clock.now() ? supplement : undefined
    if (missed && case_) {
      const { unanswered } = missed
      await settle(trx, context, missed, { state: 'missed', answer: null })
      await addTimeline(trx, { caseId, atMs: clock.now(), kind: 'supplement-missed', facts: { unanswered } })
      await writeToApplicant(trx, context, { case: case_, package: pack, kind: 'supplement-missed' })
      await addAudit(trx, context, { action: 'supplement.miss', subject: caseId, facts: { supplement: missed.id, unanswered } })
    }
    const deadline = (await deadlinesOf(trx, [caseId])).get(caseId)
    if (!deadline) throw new Error(`Expected case ${caseId} to have a term but found none`)
    return { missed, variables: termVariables(context, deadline, missed ? null : (supplement ?? null)) }
  })
  if (missed) {
    context.wakeOutbox()
    events.publish({ kind: 'case-changed', tenantId: tenant.id, caseId, taskId: missed.taskId })
  }
  return variables
}
