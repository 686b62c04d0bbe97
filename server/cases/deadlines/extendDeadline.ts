import { refuse } from '../../base/errors.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { writeToApplicant } from '../sendToApplicant.ts'
import { addTimeline } from '../timeline.ts'
import { recount, withTerm } from './changeTerm.ts'
import { dueOn, openPause, type CaseDeadline } from './deadline.ts'
import { needReason } from './needReason.ts'

/**
 * Makes the term longer, once and by as much as the law gives, for a reason that the citizen is told. Refusals as of `withTerm`,
 * and reason-missing, term-not-extendable (the law gives nothing more), term-extended-already, term-stands-already.
 */
export function extendDeadline(context: Context, taskId: string, words: string): Promise<CaseDeadline> {
  const reason = needReason(words)
  const { actor, clock, tenant } = context
  return withTerm(context, taskId, 'term.change', async (trx, { case: case_, package: pack, deadline }) => {
    const { extendOnceBy } = deadline.rule
    if (!extendOnceBy) refuse('wrong-state', 'term-not-extendable')
    if (deadline.extension) refuse('wrong-state', 'term-extended-already')
    if (openPause(deadline)) refuse('wrong-state', 'term-stands-already')
    const longer = await recount(trx, context, {
      ...deadline,
      extendedAt: new Date(clock.now()),
      extension: { amount: extendOnceBy.amount, kind: extendOnceBy.kind, reason, byName: actor.name },
    })
    const facts = { dueOn: dueOn(longer, tenant), words: reason }
    await addTimeline(trx, { caseId: case_.id, atMs: clock.now(), kind: 'term-extended', facts, actorName: actor.name })
    await writeToApplicant(trx, context, { case: case_, package: pack, kind: 'term-extended', gaps: { reason } })
    await addAudit(trx, context, {
      action: 'term.extend', subject: case_.id, facts: { dueOn: facts.dueOn, amount: extendOnceBy.amount, kind: extendOnceBy.kind },
    })
    return longer
  })
}
