import { refuse } from '../base/errors.ts'
import type { Transaction } from '../db/transaction.ts'
import type { Case, CaseFile } from './case.ts'
import type { Context } from './context.ts'
import { maySeeCase } from './may.ts'
import { findCase } from './store/caseRows.ts'
import { deadlinesOf } from './store/deadlineRows.ts'
import { documentsOfCase } from './store/documentRows.ts'
import { findPerson } from './store/personRows.ts'
import { tasksOfCase } from './store/taskRows.ts'
import { timelineOf } from './store/timelineRows.ts'
import type { TimelineEntry } from './timeline.ts'

/**
 * A case with its papers and its history. A citizen reads their own, or the one that number and code opened, without what is
 * for staff alone; staff read those of their units. To everyone else it does not exist.
 */
export async function readCase(context: Context, caseId: string): Promise<CaseFile> {
  const { case_, rest } = await context.db.transaction(async (trx) => {
    const case_ = await visibleCase(trx, context, caseId)
    return { case_, rest: await caseParts(trx, context, case_) }
  })
  return { case: case_, package: await context.packages.version(case_.procedure, case_.packageVersion), ...rest }
}

/** The case, when the actor may see it; else refuses as not found. */
export async function visibleCase(trx: Transaction, { actor }: Context, caseId: string): Promise<Case> {
  const case_ = await findCase(trx, caseId)
  if (!case_) refuse('not-found', 'not-found')
  const tasks = actor.kind === 'staff' ? await tasksOfCase(trx, caseId) : []
  if (!maySeeCase(actor, case_, tasks)) refuse('not-found', 'not-found')
  return case_
}

/** What belongs to a case, as far as the actor may see it. Say first whether they may see the case. */
export async function caseParts(trx: Transaction, { actor }: Context, case_: Case): Promise<Omit<CaseFile, 'case' | 'package'>> {
  const isStaff = actor.kind === 'staff' || actor.kind === 'system'
  const documents = await documentsOfCase(trx, case_.id)
  const timeline = await timelineOf(trx, case_.id)
  return {
    applicant: (case_.applicantId && (await findPerson(trx, case_.applicantId))) || null,
    deadline: (await deadlinesOf(trx, [case_.id])).get(case_.id) ?? null,
    documents: isStaff ? documents : documents.filter((document) => document.forCitizen),
    timeline: isStaff ? timeline : timeline.filter((entry) => entry.forCitizen).map((entry) => withoutClerk(entry, case_)),
  }
}

// Which clerk did it is for the town's own eyes; the citizen reads that the town did.
function withoutClerk(entry: TimelineEntry, case_: Case): TimelineEntry {
  const isCitizen = entry.kind === 'filed' && case_.accountId !== null
  return { ...entry, actorName: isCitizen ? entry.actorName : null }
}
