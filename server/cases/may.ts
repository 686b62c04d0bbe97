import { isAtLeast, isStaffRole, type Actor, type AssuranceLevel } from '../identity/actor.ts'
import { isSame, sha256 } from '../identity/keys.ts'
import { isClosed, type Case } from './case.ts'
import type { Draft } from './draft.ts'
import type { MandateDeed } from './mandates/mandate.ts'
import { rights } from './rights/table.ts'
import { deeds, type Deed, type Party, type Relation, type Right, type State } from './rights/words.ts'
import type { Task } from './task.ts'

/** Who may do what. The answers are in `rights/table.ts`; here is what its words mean. What no line allows is not allowed. */

type Assigned = Pick<Task, 'unitId' | 'unitNamed' | 'role' | 'holder' | 'status'>

/** What a deed is done to, as far as its lines look at it. */
export interface Subject {
  readonly case?: Pick<Case, 'id' | 'accountId' | 'mandateId' | 'applicantId' | 'unitId' | 'takenIn' | 'closedAt'>
  /** All tasks of the case, of now and of then. */
  readonly tasks?: readonly Assigned[]
  readonly task?: Assigned
  readonly draft?: Pick<Draft, 'accountId' | 'secretHash'>
  /** What the actor may do in the applicant's name, by mandates that hold now. */
  readonly mandated?: readonly MandateDeed[]
  /** The case was filed under a mandate that holds no more. */
  readonly mandateOver?: boolean
  /** What a procedure asks of whoever files, or does something afterwards. */
  readonly level?: AssuranceLevel
}

/** Whether the actor may do it to the subject, as both are now. */
export function may(actor: Actor, deed: Deed, subject: Subject = {}): boolean {
  return linesFor(actor, deed).some((line) => holdsOn(line, actor, subject) && line.when.every((state) => stateHolds[state](subject)))
}

/** Whether it is for the actor to do at all, in whatever state: for verbs that tell why the state forbids it. */
export function isTheirs(actor: Actor, deed: Deed, subject: Subject): boolean {
  return linesFor(actor, deed).some((line) => holdsOn(line, actor, subject))
}

/** The deeds an actor may do that are done to nothing in particular: which pages are theirs. */
export function standingRights(actor: Actor): Deed[] {
  const isStanding = (deed: Deed): boolean => rights.every(({ what, on }) => what !== deed || on.every((each) => each === 'any'))
  return deeds.filter((deed) => isStanding(deed) && may(actor, deed))
}

/** How far a list reaches for which the lines of a deed stand, so that a query finds what {@link may} would allow. */
export interface Reach {
  town: boolean
  /** Units of which everything is theirs. */
  units: readonly string[]
  /** Roles whose tasks are theirs: anywhere where no unit was named, else in their own units. */
  roles: readonly Party[]
}

/** The reach of `task.see`. */
export function reachOfTasks(actor: Actor): Reach {
  const lines = linesFor(actor, 'task.see')
  const has = (relation: Relation): Right[] => lines.filter(({ on }) => on.includes(relation))
  const mine = partiesOf(actor)
  const town = has('any').length > 0
  return {
    town,
    units: town || has('in-unit').length > 0 ? actor.units : [],
    roles: mine.filter((party) => isStaffRole(party) && [...has('asked'), ...has('asked-by-role')].some(({ who }) => who.includes(party))),
  }
}

export function mayClaim(actor: Actor, task: Assigned): boolean {
  return may(actor, 'task.claim', { task })
}

export function mayRelease(actor: Actor, task: Assigned): boolean {
  return may(actor, 'task.release', { task })
}

export function mayComplete(actor: Actor, task: Assigned): boolean {
  return may(actor, 'task.complete', { task })
}

export function maySeeTask(actor: Actor, task: Assigned): boolean {
  return may(actor, 'task.see', { task })
}

/** `tasks`: all of the case; only staff are given to see by them. Not for those who act for another: see {@link Subject}. */
export function maySeeCase(actor: Actor, case_: NonNullable<Subject['case']>, tasks: readonly Assigned[] = []): boolean {
  return may(actor, 'case.read', { case: case_, tasks })
}

/** A draft is its account's, or of whoever holds the cookie with its secret. */
export function isMyDraft(actor: Actor, draft: NonNullable<Subject['draft']>): boolean {
  return may(actor, 'draft.open', { draft })
}

/** As whom the table knows an actor: everyone as anybody, staff by their roles, a citizen by their login, anyone by a code. */
export function partiesOf(actor: Actor): readonly Party[] {
  if (actor.kind === 'system') return ['system']
  if (actor.kind === 'staff') return ['anybody', ...actor.roles]
  return ['anybody', ...(actor.kind === 'citizen' ? ['citizen' as const] : []), ...(actor.openedCaseId ? ['code' as const] : [])]
}

function linesFor(actor: Actor, deed: Deed): Right[] {
  const mine = partiesOf(actor)
  return rights.filter(({ who, what }) => what === deed && who.some((party) => mine.includes(party)))
}

// A line for several parties is one line for each: what asks for a role by name must find it in the party that is meant.
function holdsOn({ who, on }: Right, actor: Actor, subject: Subject): boolean {
  const mine = partiesOf(actor)
  return who.some((party) => mine.includes(party) && on.every((relation) => relationHolds[relation](actor, subject, party)))
}

const relationHolds: Readonly<Record<Relation, (actor: Actor, subject: Subject, party: Party) => boolean>> = {
  any: () => true,
  'at-their-level': (actor, { level }) => level !== undefined && isAtLeast(actor, level),
  'own-draft': ({ accountId, draftSecret }, { draft }) => {
    if (!draft) return false
    if (draft.accountId !== null) return draft.accountId === accountId
    return draft.secretHash !== null && draftSecret !== undefined && isSame(draft.secretHash, sha256(draftSecret))
  },
  // Filed for them: only staff, a mandate or their own login tie a case to a person's row. What an account filed for another is
  // its own only through the mandate.
  own: ({ accountId, personId }, { case: case_ }) =>
    case_ !== undefined && ((accountId !== undefined && accountId === case_.accountId && case_.mandateId === null)
      || (personId !== undefined && personId === case_.applicantId)),
  mandated: (_, { mandated = [] }) => mandated.length > 0,
  'mandated-to-file': (_, { mandated = [] }) => mandated.includes('file'),
  'mandated-to-supplement': (_, { mandated = [] }) => mandated.includes('supplement'),
  'mandated-to-receive': (_, { mandated = [] }) => mandated.includes('receive'),
  'opened-by-code': ({ openedCaseId }, { case: case_, mandateOver = false }) =>
    case_ !== undefined && openedCaseId === case_.id && !mandateOver,
  'in-unit': ({ units }, { case: case_, task }) => {
    const unit = task?.unitId ?? case_?.unitId
    return unit !== undefined && units.includes(unit)
  },
  'taken-in': ({ units }, { case: case_ }) => !!case_?.takenIn && units.includes(case_.takenIn),
  'task-there': (actor, { tasks = [] }) => tasks.some((task) => may(actor, 'task.see', { task })),
  'asked-there': (actor, { tasks = [] }, party) => tasks.some((task) => isAskedByRole(actor, task, party) || isHeld(actor, task)),
  readable: (actor, subject) => may(actor, 'case.read', subject),
  asked: (actor, { task }, party) =>
    task !== undefined && (task.role === null ? actor.units.includes(task.unitId) : isAskedByRole(actor, task, party)),
  'asked-by-role': (actor, { task }, party) => task !== undefined && isAskedByRole(actor, task, party),
  held: (actor, { task }) => task !== undefined && isHeld(actor, task),
}

/** Of its unit and with its role, where the diagram names both; with the role alone where it names no unit. */
function isAskedByRole(actor: Actor, { role, unitNamed, unitId }: Assigned, party: Party): boolean {
  return role === party && (!unitNamed || actor.units.includes(unitId))
}

function isHeld(actor: Actor, { holder }: Assigned): boolean {
  return holder !== null && holder === actor.id
}

const stateHolds: Readonly<Record<State, (subject: Subject) => boolean>> = {
  'task-open': ({ task }) => task?.status === 'open',
  'task-free': ({ task }) => task?.holder === null,
  'task-taken': ({ task }) => !!task?.holder,
  'case-open': ({ case: case_ }) => case_ !== undefined && !isClosed(case_),
  'case-closed': ({ case: case_ }) => case_ !== undefined && isClosed(case_),
}
