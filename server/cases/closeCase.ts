import { addAudit } from './audit.ts'
import { isClosed, isStatus, type Outcome, type Status } from './case.ts'
import type { Context } from './context.ts'
import { lockCase, updateCase } from './store/caseRows.ts'
import { endDeadlines } from './store/deadlineRows.ts'
import { addTimeline } from './timeline.ts'

// Where the diagram has not said how the case ended, its outcome says it.
const final: readonly Status[] = ['granted', 'refused', 'answered', 'withdrawn', 'delivered']

/** Ends the case and its term. A case closed already stays as it was closed. */
export async function closeCase(context: Context, caseId: string, outcome: Outcome, jobKey: string): Promise<void> {
  const { actor, clock, db, events, tenant } = context
  const closed = await db.transaction(async (trx) => {
    const case_ = await lockCase(trx, caseId)
    if (!case_) throw new Error(`Expected case ${caseId} but found none`)
    if (isClosed(case_)) return false
    const at = new Date(clock.now())
    const status = final.includes(case_.status) ? case_.status : isStatus(outcome) ? outcome : 'answered'
    await updateCase(trx, caseId, { status, outcome, closedAt: at, changedAt: at })
    await endDeadlines(trx, caseId, at, actor.id)
    await addTimeline(trx, { caseId, atMs: clock.now(), kind: 'closed', facts: { outcome }, onlyOnce: `closed ${jobKey}` })
    await addAudit(trx, context, { action: 'case.close', subject: caseId, facts: { outcome } })
    return true
  })
  if (closed) events.publish({ kind: 'case-changed', tenantId: tenant.id, caseId, taskId: null })
}
