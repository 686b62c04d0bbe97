import { addAudit } from './audit.ts'
import type { Status } from './case.ts'
import { isClosed } from './case.ts'
import type { Context } from './context.ts'
import { hasPassed } from './deadlines/deadline.ts'
import { sendToApplicant } from './sendToApplicant.ts'
import { lockCase, updateCase } from './store/caseRows.ts'
import { deadlinesOf } from './store/deadlineRows.ts'
import { addTimeline } from './timeline.ts'

/**
 * Standing so by its diagram, the case needs the applicant, who is written to. Who asks for a supplement writes what is missing, and
 * who delivers an act, that it is ready.
 */
const needsApplicant: ReadonlySet<Status> = new Set(['waiting-for-you'])

/** Sets where the case stands and tells the citizen. The same job again changes nothing, even when the status has moved on since. */
export async function setStatus(context: Context, caseId: string, status: Status, jobKey: string): Promise<void> {
  const { clock, db, events, tenant } = context
  const changed = await db.transaction(async (trx) => {
    const case_ = await lockCase(trx, caseId)
    if (!case_) throw new Error(`Expected case ${caseId} but found none`)
    if (case_.status === status || isClosed(case_)) return false
    const onlyOnce = `status-changed ${jobKey}`
    if (!(await addTimeline(trx, { caseId, atMs: clock.now(), kind: 'status-changed', facts: { status }, onlyOnce }))) return false
    await updateCase(trx, caseId, { status, changedAt: new Date(clock.now()) })
    await addAudit(trx, context, { action: 'case.set-status', subject: caseId, facts: { status } })
    return true
  })
  // Written for the job and not for the change: if the first attempt ended between the two, the second makes up for it.
  if (needsApplicant.has(status)) await sendToApplicant(context, caseId, 'notice', { onlyOnce: jobKey })
  if (changed) events.publish({ kind: 'case-changed', tenantId: tenant.id, caseId, taskId: null })
}

/** Notes in the history that the legal term has passed without an answer, if it has. Once, however often it is told. */
export async function noteTermPassed(context: Context, caseId: string): Promise<void> {
  const { clock, db, events, tenant } = context
  const noted = await db.transaction(async (trx) => {
    const deadline = (await deadlinesOf(trx, [caseId])).get(caseId)
    // A process of before knows the date it began with; a term that has grown since then is not late.
    if (!deadline || !hasPassed(deadline, clock.now())) return false
    return addTimeline(trx, { caseId, atMs: clock.now(), kind: 'term-passed', onlyOnce: `term-passed ${caseId}` })
  })
  if (noted) events.publish({ kind: 'case-changed', tenantId: tenant.id, caseId, taskId: null })
}
