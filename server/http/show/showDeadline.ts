import { dueOn, type CaseDeadline } from '../../cases/deadlines/deadline.ts'
import type { Deadline } from '../contract/cases.ts'
import type { Town } from '../web.ts'

/** A legal term with the instants from which pages draw it. */
export function showDeadline(deadline: CaseDeadline, town: Town): Deadline {
  const { rule } = deadline
  return {
    startsAt: deadline.startsAt.toISOString(),
    dueAt: deadline.dueAt.toISOString(),
    dueOn: dueOn(deadline, town),
    kind: rule.kind,
    amount: rule.amount,
    legalBasis: rule.legalBasis,
    silence: rule.silence,
    suspendedSince: deadline.suspendedSince?.toISOString() ?? null,
    suspensions: deadline.suspensions,
    extendedAt: deadline.extendedAt?.toISOString() ?? null,
    endedAt: deadline.endedAt?.toISOString() ?? null,
  }
}
