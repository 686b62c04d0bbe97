import { DateTime } from 'luxon'
import { v7 as uuidv7 } from 'uuid'
import { refuse } from '../../base/errors.ts'
import { addDays } from '../../rules/days.ts'
import { countDeadline, localDay } from '../../rules/countDays.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { tellProcess, withTerm } from '../deadlines/changeTerm.ts'
import { calendarOf, openPause, standingFor, type CaseDeadline } from '../deadlines/deadline.ts'
import { beginPause } from '../deadlines/suspendDeadline.ts'
import { longDate } from '../letters/letterWords.ts'
import { writeToApplicant } from '../sendToApplicant.ts'
import { updateCase } from '../store/caseRows.ts'
import { insertSupplement, openSupplement } from '../store/supplementRows.ts'
import { addTimeline } from '../timeline.ts'
import { supplementLimits, type Supplement } from './supplement.ts'

export interface SupplementWish {
  /** What is missing, one line for each. */
  missing: readonly string[]
  /** The last day to answer, `yyyy-mm-dd` in the town. */
  dueOn: string
}

// Where a country's data names no least time: as long as administrative procedure acts of the region give.
const usualDays = 8
// Who gives a citizen more than half a year has forgotten the case.
const mostDays = 180

/** The first day that may be set for an answer: the law's least time from today. */
export function earliestAnswer({ country, tenant, clock }: Context, deadline: CaseDeadline): string {
  const { kind, amount } = standingFor(deadline, 'supplement')?.answerWithin ?? { kind: 'calendarDays' as const, amount: usualDays }
  return countDeadline({ startsAt: clock.now(), kind, amount, calendar: calendarOf(country, tenant), timeZone: tenant.timeZone }).dueOn
}

/**
 * Asks the citizen for what is missing. Where the law lets the term stand for it, it stands until the answer; the case waits for
 * the citizen, who is written to. Refusals as of `withTerm`, and reason-missing (nothing was named), supplement-open (one is asked
 * for already), date-too-early and date-too-late.
 */
export function requestSupplement(context: Context, taskId: string, wish: SupplementWish): Promise<Supplement> {
  const missing = wish.missing.map((line) => line.trim()).filter(Boolean)
  if (missing.length === 0) refuse('invalid', 'reason-missing')
  const { actor, clock, tenant } = context
  return withTerm(context, taskId, 'supplement.request', async (trx, { task, case: case_, package: pack, deadline }) => {
    if (await openSupplement(trx, case_.id)) refuse('wrong-state', 'supplement-open')
    const earliest = earliestAnswer(context, deadline)
    if (wish.dueOn < earliest) refuse('invalid', 'date-too-early', { earliest })
    const latest = addDays(localDay(clock.now(), tenant.timeZone), mostDays)
    if (wish.dueOn > latest) refuse('invalid', 'date-too-late', { latest })

    const asked: Supplement = {
      id: uuidv7(),
      caseId: case_.id,
      taskId: task.id,
      missing: missing.slice(0, supplementLimits.maxMissing),
      state: 'open',
      askedAt: new Date(clock.now()),
      dueAt: DateTime.fromISO(wish.dueOn, { zone: tenant.timeZone }).endOf('day').startOf('second').toJSDate(),
      unanswered: standingFor(deadline, 'supplement')?.unanswered ?? 'decide',
      answer: null,
      settledAt: null,
    }
    await insertSupplement(trx, asked, actor.id)
    const facts = { dueOn: wish.dueOn }
    await addTimeline(trx, { caseId: case_.id, atMs: clock.now(), kind: 'supplement-requested', facts, actorName: actor.name })
    await updateCase(trx, case_.id, { status: 'waiting-for-you', changedAt: asked.askedAt })
    const isStopped = !openPause(deadline) && standingFor(deadline, 'supplement')
    await tellProcess(trx, context, isStopped ? await beginPause(trx, context, deadline, { why: 'supplement', words: '' }) : deadline)
    const gaps = {
      missing: asked.missing.map((line) => `– ${line}`).join('\n'),
      answerBy: longDate(wish.dueOn, { locale: case_.language, timeZone: tenant.timeZone }),
    }
    await writeToApplicant(trx, context, { case: case_, package: pack, kind: 'supplement', gaps })
    await addAudit(trx, context, { action: 'supplement.request', subject: case_.id, facts: { supplement: asked.id, ...facts } })
    return asked
  })
}
