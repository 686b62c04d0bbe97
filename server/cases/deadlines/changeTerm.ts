import { v7 as uuidv7 } from 'uuid'
import { refuse } from '../../base/errors.ts'
import type { Transaction } from '../../db/transaction.ts'
import { isClosed, type Case } from '../case.ts'
import type { Context, ShelvedPackage } from '../context.ts'
import { isTheirs } from '../may.ts'
import { provenTask, refuseUnlessOpen } from '../openTask.ts'
import { addToOutbox } from '../outbox.ts'
import type { Deed } from '../rights/words.ts'
import { findCase, lockCase } from '../store/caseRows.ts'
import { lockDeadline, saveDeadline } from '../store/deadlineRows.ts'
import { openSupplement } from '../store/supplementRows.ts'
import { lockTask, moveDueTasks } from '../store/taskRows.ts'
import type { Task } from '../task.ts'
import { countAgain, hasPassed, type CaseDeadline } from './deadline.ts'
import { termVariables } from './lookAtTerm.ts'

// As long as the outbox would still send it (architecture, decision 3).
const messageLifeMs = 12 * 3_600_000

/** What a deed at a term is done to: the open step from which it is done, its case, and the running term. */
export interface TermAtHand {
  task: Task
  case: Case
  package: ShelvedPackage
  deadline: CaseDeadline
}

/**
 * Does something to the term of a case from one of its open steps, all or nothing. Refusals: not-found, task-not-yours, task-gone,
 * wrong-state, term-not-running (none runs any more, or it has passed).
 */
export async function withTerm<Result>(
  context: Context, taskId: string, deed: Deed, change: (trx: Transaction, at: TermAtHand) => Promise<Result>,
): Promise<Result> {
  const { actor, clock, db, events, packages, tenant } = context
  const { caseId } = await provenTask(context, taskId)
  const known = await db.transaction((trx) => findCase(trx, caseId))
  if (!known) throw new Error(`Expected task ${taskId} to have a case but found none`)
  // Before the transaction: an old package may have to be read, and a connection that waits for another one can wait forever.
  const pack = await packages.version(known.procedure, known.packageVersion)
  const result = await db.transaction(async (trx) => {
    const case_ = await lockCase(trx, caseId)
    const task = await lockTask(trx, taskId)
    if (!case_ || !task) refuse('not-found', 'not-found')
    if (!isTheirs(actor, deed, { task, case: case_ })) refuse('not-allowed', 'task-not-yours')
    refuseUnlessOpen(task)
    const deadline = await lockDeadline(trx, caseId)
    if (!deadline || deadline.endedAt || isClosed(case_) || hasPassed(deadline, clock.now())) refuse('wrong-state', 'term-not-running')
    return change(trx, { task, case: case_, package: pack, deadline })
  })
  context.wakeOutbox()
  events.publish({ kind: 'case-changed', tenantId: tenant.id, caseId, taskId })
  return result
}

/** Counts the term anew from its facts, keeps it, moves the open steps that were due with it and tells the process. */
export async function recount(trx: Transaction, context: Context, deadline: CaseDeadline): Promise<CaseDeadline> {
  const { dueAt, formula } = countAgain(deadline, context)
  const counted = { ...deadline, dueAt: new Date(dueAt), formula }
  await saveDeadline(trx, counted)
  await moveDueTasks(trx, deadline.caseId, { from: deadline.dueAt, to: counted.dueAt })
  await tellProcess(trx, context, counted)
  return counted
}

/** Wakes the part of the process that waits for the term's next moment (`processes/README.md`), with the dates as they are now. */
export async function tellProcess(trx: Transaction, context: Context, deadline: CaseDeadline): Promise<void> {
  const waiting = (await openSupplement(trx, deadline.caseId)) ?? null
  await addToOutbox(trx, {
    kind: 'publish-message',
    name: 'term-changed',
    correlationKey: deadline.caseId,
    messageId: uuidv7(),
    timeToLiveMs: messageLifeMs,
    variables: { ...termVariables(context, deadline, waiting) },
  }, context.clock.now())
}
