import { v7 as uuidv7 } from 'uuid'
import { refuse } from '../../base/errors.ts'
import type { Transaction } from '../../db/transaction.ts'
import type { Standing } from '../../zeebe/municipality.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { writeToApplicant } from '../sendToApplicant.ts'
import { insertPause } from '../store/deadlineRows.ts'
import { addTimeline } from '../timeline.ts'
import { tellProcess, withTerm } from './changeTerm.ts'
import { openPause, standingFor, type CaseDeadline, type Pause } from './deadline.ts'
import { needReason } from './needReason.ts'

export interface Suspension {
  why: Exclude<Standing['why'], 'supplement'>
  /** What is waited for; the citizen reads it. */
  words: string
}

/**
 * Stops the clock of a case for a reason the law knows; the citizen is told. Refusals as of `withTerm`, and reason-missing,
 * term-stands-already, term-may-not-stand (the law of this procedure does not know the reason).
 */
export function suspendDeadline(context: Context, taskId: string, { why, words }: Suspension): Promise<CaseDeadline> {
  const reason = needReason(words)
  return withTerm(context, taskId, 'term.change', async (trx, { case: case_, package: pack, deadline }) => {
    if (openPause(deadline)) refuse('wrong-state', 'term-stands-already')
    if (!standingFor(deadline, why)) refuse('wrong-state', 'term-may-not-stand')
    const standing = await beginPause(trx, context, deadline, { why, words: reason })
    await tellProcess(trx, context, standing)
    await writeToApplicant(trx, context, { case: case_, package: pack, kind: 'term-stands', gaps: { reason } })
    return standing
  })
}

/** Stops the clock, as part of another deed: noted in the history and in the audit, without telling anybody. */
export async function beginPause(
  trx: Transaction, context: Context, deadline: CaseDeadline, { why, words }: Pick<Pause, 'why' | 'words'>,
): Promise<CaseDeadline> {
  const { actor, clock } = context
  const { caseId } = deadline
  const pause: Pause = { id: uuidv7(), from: new Date(clock.now()), to: null, why, words, begunByName: actor.name }
  await insertPause(trx, deadline.id, pause, actor.id)
  await addTimeline(trx, { caseId, atMs: clock.now(), kind: 'term-suspended', facts: { why, words }, actorName: actor.name })
  await addAudit(trx, context, { action: 'term.suspend', subject: caseId, reason: why, facts: { pause: pause.id } })
  return { ...deadline, pauses: [...deadline.pauses, pause] }
}
