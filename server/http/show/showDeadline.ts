import { dueOn, openPause, type CaseDeadline } from '../../cases/deadlines/deadline.ts'
import type { Deadline } from '../contract/cases.ts'
import type { Town } from '../web.ts'

/** A legal term with the instants from which pages draw it. */
export function showDeadline(deadline: CaseDeadline, town: Town): Deadline {
  const { rule } = deadline
  const standing = openPause(deadline)
  return {
    startsAt: deadline.startsAt.toISOString(),
    dueAt: deadline.dueAt.toISOString(),
    dueOn: dueOn(deadline, town),
    kind: rule.kind,
    amount: rule.amount,
    legalBasis: rule.legalBasis,
    silence: rule.silence,
    suspendedSince: standing?.from.toISOString() ?? null,
    suspendedFor: standing ? { why: standing.why, words: standing.words } : null,
    suspensions: deadline.pauses.flatMap(({ from, to, why, words }) =>
      to === null ? [] : [{ from: from.toISOString(), to: to.toISOString(), why, words }]),
    extension: deadline.extension && pick(deadline.extension),
    formula: deadline.formula && {
      startsOn: deadline.formula.startsOn,
      endsOn: deadline.formula.endsOn,
      movedOver: deadline.formula.movedOver.map(({ date, why }) => ({ date, why })),
      skippedDays: deadline.formula.skipped.length,
      suspendedDays: deadline.formula.suspendedDays,
      calendarComplete: deadline.formula.calendarComplete,
    },
    extendedAt: deadline.extendedAt?.toISOString() ?? null,
    endedAt: deadline.endedAt?.toISOString() ?? null,
  }
}

function pick({ amount, kind, reason }: NonNullable<CaseDeadline['extension']>): Deadline['extension'] {
  return { amount, kind, reason }
}
