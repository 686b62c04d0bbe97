import { refuse } from '../../base/errors.ts'
import type { Transaction } from '../../db/transaction.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { writeToApplicant } from '../sendToApplicant.ts'
import { endPause } from '../store/deadlineRows.ts'
import { openSupplement } from '../store/supplementRows.ts'
import { addTimeline } from '../timeline.ts'
import { recount, withTerm } from './changeTerm.ts'
import { dueOn, openPause, type CaseDeadline } from './deadline.ts'

/**
 * Lets the clock run again: the end moves by the days really lost, and the citizen is told the new one. Refusals as of `withTerm`,
 * and term-does-not-stand, supplement-open (then the citizen's answer does it, or its date).
 */
export function resumeDeadline(context: Context, taskId: string): Promise<CaseDeadline> {
  return withTerm(context, taskId, 'term.change', async (trx, { case: case_, package: pack, deadline }) => {
    if (!openPause(deadline)) refuse('wrong-state', 'term-does-not-stand')
    if (await openSupplement(trx, case_.id)) refuse('wrong-state', 'supplement-open')
    const running = await endPauseOf(trx, context, deadline)
    await writeToApplicant(trx, context, { case: case_, package: pack, kind: 'term-runs' })
    return running
  })
}

/** Lets the clock run again, as part of another deed, and counts the term anew. One that does not stand stays as it is. */
export async function endPauseOf(trx: Transaction, context: Context, deadline: CaseDeadline): Promise<CaseDeadline> {
  const { actor, clock, tenant } = context
  const { caseId } = deadline
  const pause = openPause(deadline)
  if (!pause) return deadline
  const to = new Date(clock.now())
  await endPause(trx, pause.id, to, actor.id)
  const running = await recount(trx, context, {
    ...deadline, pauses: deadline.pauses.map((each) => (each.id === pause.id ? { ...each, to } : each)),
  })
  const facts = { dueOn: dueOn(running, tenant), days: running.formula?.suspendedDays ?? 0 }
  await addTimeline(trx, { caseId, atMs: clock.now(), kind: 'term-resumed', facts, actorName: actor.name })
  await addAudit(trx, context, { action: 'term.resume', subject: caseId, facts: { pause: pause.id, dueOn: facts.dueOn } })
  return running
}
