import { isSame, sha256 } from '../identity/keys.ts'
import type { Actor, StaffRole } from '../identity/actor.ts'
import type { Case } from './case.ts'
import type { Draft } from './draft.ts'
import type { Task } from './task.ts'

/** Who may do what, each question one function. What no rule allows is not allowed. */

type Assigned = Pick<Task, 'unitId' | 'unitNamed' | 'role' | 'holder'>

/**
 * The clerks a task is meant for: of its unit and with its role, where the
 * diagram names both; with the role alone where it names no unit.
 */
function isMeantFor(actor: Actor, task: Assigned): boolean {
  const hasRole = task.role === null || hasAny(actor, task.role as StaffRole)
  return hasRole && (actor.units.includes(task.unitId) || (task.role !== null && !task.unitNamed))
}

/** Whether the actor may take the task, were it free. */
export function mayClaim(actor: Actor, task: Assigned): boolean {
  return actor.kind === 'staff' && isMeantFor(actor, task)
}

/** The holder gives a task back; who leads the unit may take it off somebody's desk. */
export function mayRelease(actor: Actor, task: Assigned): boolean {
  if (actor.kind !== 'staff' || task.holder === null) return false
  return task.holder === actor.id || leads(actor, task.unitId)
}

/** Only the clerk who holds a task completes it, and only while it is still meant for them: a role taken away acts at once. */
export function mayComplete(actor: Actor, task: Assigned): boolean {
  return mayClaim(actor, task) && task.holder === actor.id
}

/** All staff of the unit see its tasks; administrators and auditors see all. */
export function maySeeTask(actor: Actor, task: Assigned): boolean {
  if (actor.kind !== 'staff') return false
  return seesEverything(actor) || actor.units.includes(task.unitId) || isMeantFor(actor, task) || task.holder === actor.id
}

/** A citizen sees their own cases and the one that number and code opened; staff those of their units. */
export function maySeeCase(
  actor: Actor,
  case_: Pick<Case, 'id' | 'accountId' | 'applicantId' | 'unitId'>,
  tasks: readonly Assigned[] = [],
): boolean {
  if (actor.kind === 'system') return true
  if (actor.kind === 'staff') {
    return seesEverything(actor) || actor.units.includes(case_.unitId) || tasks.some((task) => maySeeTask(actor, task))
  }
  if (actor.openedCaseId === case_.id) return true
  const isFiler = actor.accountId !== undefined && actor.accountId === case_.accountId
  // Filed for them at the counter: only staff or their own login tie a case to a person's row.
  const isApplicant = actor.personId !== undefined && actor.personId === case_.applicantId
  return isFiler || isApplicant
}

/** A draft is its account's, or of whoever holds the cookie with its secret. */
export function isMyDraft(actor: Actor, draft: Pick<Draft, 'accountId' | 'secretHash'>): boolean {
  if (draft.accountId !== null) return draft.accountId === actor.accountId
  return draft.secretHash !== null && actor.draftSecret !== undefined && isSame(draft.secretHash, sha256(actor.draftSecret))
}

/** What stands still in the running of the system is seen by those who see everything, and mended by administrators. */
export function maySeeOperation(actor: Actor): boolean {
  return actor.kind === 'staff' && seesEverything(actor)
}

export function mayOperate(actor: Actor): boolean {
  return actor.kind === 'staff' && hasAny(actor, 'administrator')
}

/** Whether the actor reads every case of the town. */
export function seesEverything(actor: Actor): boolean {
  return hasAny(actor, 'administrator', 'auditor')
}

function leads(actor: Actor, unitId: string): boolean {
  return hasAny(actor, 'head', 'supervisor') && actor.units.includes(unitId)
}

function hasAny(actor: Actor, ...roles: StaffRole[]): boolean {
  return roles.some((role) => actor.roles.includes(role))
}
