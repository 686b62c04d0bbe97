import type { Context } from '../context.ts'
import { deadlinesOf } from '../store/deadlineRows.ts'
import { openSupplement } from '../store/supplementRows.ts'
import type { Supplement } from '../supplement/supplement.ts'
import { hasPassed, inTown, momentsOf, openPause, wholeSecond, type CaseDeadline, type Silence } from './deadline.ts'

/** Where a term stands, in the words of diagrams (`processes/README.md`). */
export type TermState = 'running' | 'half' | 'soon' | 'passed' | 'standing' | 'supplement-missed' | 'ended'

/** What a process knows of the term: its end, and the next moment at which the process looks at it. ISO with the town's offset. */
export interface TermVariables {
  dueAt: string
  termNextAt: string
}

/** What a process is told that has looked at the term. */
export interface TermLook extends TermVariables {
  termState: TermState
  /** What the lapse means by law, once it has passed. */
  termOutcome: Silence | null
}

// A term that stands without a date is not forgotten: whoever has it is reminded each month.
const longestWaitMs = 30 * 24 * 3_600_000

type Town = Pick<Context, 'clock' | 'tenant'>
type Waiting = Pick<Supplement, 'dueAt'> | null

/** `waiting`: what the citizen has been asked for and has not answered. */
export function termVariables({ clock, tenant }: Town, deadline: CaseDeadline, waiting: Waiting): TermVariables {
  return {
    dueAt: inTown(deadline.dueAt, tenant),
    termNextAt: inTown(nextMoment(deadline, waiting, clock.now()), tenant),
  }
}

/**
 * What the process learns when the moment `awaited` (ISO) has come. Told by the term as it is now, never by what was true when the
 * timer was set: a term that was suspended or extended meanwhile has simply not come so far.
 */
export function lookAt(town: Town, deadline: CaseDeadline, waiting: Waiting, awaited: string): TermLook {
  const termState = stateOf(deadline, waiting, Date.parse(awaited), town.clock.now())
  return {
    ...termVariables(town, deadline, waiting),
    termState,
    termOutcome: termState === 'passed' ? deadline.rule.silence : null,
  }
}

/** Looks at the term of a case for its process. Changes nothing, so a job that comes again gets the same answer. */
export async function lookAtTerm(context: Context, caseId: string, awaited: string): Promise<TermLook> {
  const { deadline, waiting } = await context.db.transaction(async (trx) => ({
    deadline: (await deadlinesOf(trx, [caseId])).get(caseId),
    waiting: await openSupplement(trx, caseId),
  }))
  if (!deadline) throw new Error(`Expected case ${caseId} to have a term but found none`)
  return lookAt(context, deadline, waiting ?? null, awaited)
}

function stateOf(deadline: CaseDeadline, waiting: Waiting, awaitedMs: number, nowMs: number): TermState {
  if (deadline.endedAt) return 'ended'
  if (waiting && waiting.dueAt.getTime() <= nowMs) return 'supplement-missed'
  if (openPause(deadline)) return 'standing'
  if (hasPassed(deadline, nowMs)) return 'passed'
  const { halfMs, soonMs } = momentsOf(deadline)
  // An engine that was down over one moment tells of the later one alone.
  const isReached = (moment: number): boolean => awaitedMs <= wholeSecond(moment) && moment <= nowMs
  if (isReached(soonMs)) return 'soon'
  return isReached(halfMs) ? 'half' : 'running'
}

function nextMoment(deadline: CaseDeadline, waiting: Waiting, nowMs: number): number {
  const { halfMs, soonMs, dueMs } = momentsOf(deadline)
  const ofTerm = openPause(deadline) || deadline.endedAt ? [] : [halfMs, soonMs, dueMs]
  const ahead = [...ofTerm, ...(waiting ? [waiting.dueAt.getTime()] : [])].filter((moment) => moment > nowMs)
  return Math.min(...ahead, nowMs + longestWaitMs)
}
