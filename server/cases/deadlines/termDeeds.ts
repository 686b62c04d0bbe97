import type { Standing } from '../../zeebe/municipality.ts'
import type { Extension } from '../../rules/countDays.ts'
import type { CaseFile } from '../case.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'
import { earliestAnswer } from '../supplement/requestSupplement.ts'
import type { Task } from '../task.ts'
import { hasPassed, openPause, standingFor } from './deadline.ts'

/** What an actor may do about the term of a case from one of its steps: what is theirs, what the law allows, and what is possible now. */
export interface TermDeeds {
  /** Reasons for which it may be stopped. */
  suspendFor: Standing['why'][]
  resume: boolean
  /** By how much it may be made longer. */
  extendBy: Extension | null
  /** Asking the citizen for what is missing: the first day that may be set, and whether the term stands meanwhile. */
  supplement: { earliest: string; stands: boolean; unanswered: NonNullable<Standing['unanswered']> } | null
}

const nothing: TermDeeds = { suspendFor: [], resume: false, extendBy: null, supplement: null }

/** The deeds a page offers. The verbs ask again. */
export function termDeeds(
  context: Context, task: Task, { deadline, supplements }: Pick<CaseFile, 'deadline' | 'supplements'>,
): TermDeeds {
  const { actor, clock } = context
  if (!deadline || deadline.endedAt || hasPassed(deadline, clock.now())) return nothing
  const changes = may(actor, 'term.change', { task })
  const isWaiting = supplements.some(({ state }) => state === 'open')
  const isStanding = openPause(deadline) !== undefined
  const law = standingFor(deadline, 'supplement')
  return {
    suspendFor: changes && !isStanding
      ? (deadline.rule.standsFor ?? []).map(({ why }) => why).filter((why) => why !== 'supplement')
      : [],
    resume: changes && isStanding && !isWaiting,
    extendBy: changes && !isStanding && !deadline.extension ? (deadline.rule.extendOnceBy ?? null) : null,
    supplement: may(actor, 'supplement.request', { task }) && !isWaiting
      ? { earliest: earliestAnswer(context, deadline), stands: law !== undefined && !isStanding, unanswered: law?.unanswered ?? 'decide' }
      : null,
  }
}
