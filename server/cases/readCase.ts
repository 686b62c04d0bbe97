import { refuse } from '../base/errors.ts'
import type { Transaction } from '../db/transaction.ts'
import type { Actor } from '../identity/actor.ts'
import type { Case, CaseFile } from './case.ts'
import type { Context } from './context.ts'
import { isMandateOver, mandatedDeeds, readRepresentative } from './mandates/useMandate.ts'
import type { MandateDeed } from './mandates/mandate.ts'
import { isTheirs, may } from './may.ts'
import { noteRead } from './noteRead.ts'
import { numberLooks } from './numberLook.ts'
import { paymentOfCase } from './payments/paymentOfCase.ts'
import type { Person } from './person.ts'
import { findCase } from './store/caseRows.ts'
import { deadlinesOf } from './store/deadlineRows.ts'
import { documentsOfCase } from './store/documentRows.ts'
import { messagesOfCase } from './store/messageRows.ts'
import { findPerson } from './store/personRows.ts'
import { supplementsOf } from './store/supplementRows.ts'
import { tasksOfCase } from './store/taskRows.ts'
import { timelineOf } from './store/timelineRows.ts'
import type { Task } from './task.ts'
import type { TimelineEntry } from './timeline.ts'

/**
 * A case with its papers and its history. A citizen reads their own, or the one that number and code opened, without what is
 * for staff alone; staff what the table of rights gives them, and that they read it is written down. To everyone else it does
 * not exist.
 */
export async function readCase(context: Context, caseId: string): Promise<CaseFile> {
  const { case_, rest } = await context.db.transaction(async (trx) => {
    const found = await visibleCase(trx, context, caseId)
    const rest = await caseParts(trx, context, found)
    await noteCaseRead(trx, context, found.case)
    return { case_: found.case, rest }
  })
  return { case: case_, package: await context.packages.version(case_.procedure, case_.packageVersion), ...rest }
}

/** A case the actor may see, with all that rights to it look at. */
export interface VisibleCase {
  case: Case
  /** All of the case; empty for whom they decide nothing. */
  tasks: Task[]
  /** What the actor may do for the applicant, by mandates that hold now. */
  mandated: MandateDeed[]
  /** It was filed under a mandate that holds no more. */
  mandateOver: boolean
}

/** The case, when the actor may see it; else refuses as not found. */
export async function visibleCase(trx: Transaction, context: Context, caseId: string): Promise<VisibleCase> {
  const { actor } = context
  const case_ = await findCase(trx, caseId)
  if (!case_) refuse('not-found', 'not-found')
  const tasks = actor.kind === 'staff' ? await tasksOfCase(trx, caseId) : []
  const mandated = await mandatedDeeds(trx, context, case_)
  const mandateOver = await isMandateOver(trx, context, case_)
  const found = { case: case_, tasks, mandated, mandateOver }
  if (!may(actor, 'case.read', found)) refuse('not-found', 'not-found')
  return found
}

/** What belongs to a case, as far as the actor may see it. */
export async function caseParts(
  trx: Transaction, context: Context, found: VisibleCase,
): Promise<Omit<CaseFile, 'case' | 'package'>> {
  const { actor } = context
  const { case: case_ } = found
  const isStaff = actor.kind === 'staff' || actor.kind === 'system'
  const documents = await documentsOfCase(trx, case_.id)
  const applicant = (case_.applicantId && (await findPerson(trx, case_.applicantId))) || null
  return {
    applicant: applicant && (may(actor, 'contact.see', found) ? applicant : withoutContact(applicant)),
    deadline: (await deadlinesOf(trx, [case_.id])).get(case_.id) ?? null,
    supplements: may(actor, 'history.see', found) ? await supplementsOf(trx, case_.id) : [],
    representative: await readRepresentative(trx, case_),
    documents: documents.filter((document) =>
      (isStaff || document.forCitizen) && (document.kind !== 'act' || isTheirs(actor, 'act.read', { ...found, level: 'anonymous' }))),
    timeline: may(actor, 'history.see', found) ? await historyFor(trx, actor, found) : [],
    payment: may(actor, 'contact.see', found) ? await paymentOfCase(trx, context, case_) : null,
    messages: may(actor, 'contact.see', found) ? await messagesOfCase(trx, case_.id) : [],
    looks: may(actor, 'looks.see', found) ? await numberLooks(trx, case_.id) : [],
  }
}

/** That one of the staff has read the case. */
export function noteCaseRead(trx: Transaction, context: Context, { id, applicantId }: Case): Promise<void> {
  return noteRead(trx, context, { action: 'case.read', subject: id, forWhom: applicantId })
}

function withoutContact(person: Person): Person {
  return { ...person, email: null, phone: null, address: null }
}

async function historyFor(trx: Transaction, actor: Actor, found: VisibleCase): Promise<TimelineEntry[]> {
  const timeline = await timelineOf(trx, found.case.id)
  if (may(actor, 'clerk-name.see', found)) return timeline
  return timeline.filter((entry) => entry.forCitizen).map((entry) => withoutClerk(entry, found.case))
}

// Which clerk did it is for the town's own eyes; the citizen reads that the town did.
function withoutClerk(entry: TimelineEntry, case_: Case): TimelineEntry {
  const isCitizen = entry.forName !== null || (entry.kind === 'filed' && case_.accountId !== null)
  return { ...entry, actorName: isCitizen ? entry.actorName : null }
}
