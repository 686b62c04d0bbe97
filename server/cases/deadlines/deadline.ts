import { DateTime } from 'luxon'
import {
  countDeadline, localDay, type Deadline, type DeadlineFormula, type DeadlineKind, type Extension,
} from '../../rules/countDays.ts'
import { termMoments, type TermMoments } from '../../rules/termMoments.ts'
import type { WorkCalendar } from '../../rules/workCalendar.ts'
import type { Country, Municipality, Standing } from '../../zeebe/municipality.ts'
import type { Context } from '../context.ts'

/** What a lapse means, by law. */
export type Silence = 'breach' | 'tacitApproval' | 'tacitRefusal' | 'consent' | 'proceedWithout' | 'close'

/** The dated rule of law as it stood when the term began. */
export interface DeadlineRule {
  kind: DeadlineKind
  amount: number
  legalBasis: string
  silence: Silence
  validFrom: string
  /** The tier the applicant chose, where speed has a price. */
  tier?: string
  extendOnceBy?: Extension
  /** For what the law lets it stand. Absent in terms that began before this was kept. */
  standsFor?: readonly Standing[]
}

/** A time in which a term stands: who stopped it and why. */
export interface Pause {
  id: string
  from: Date
  /** Null while it lasts. */
  to: Date | null
  why: Standing['why']
  words: string
  begunByName: string | null
}

/** A running or ended term of a case. */
export interface CaseDeadline {
  id: string
  caseId: string
  /** Key in `_countries/<cc>/deadlines.json`. */
  kind: string
  rule: DeadlineRule
  startsAt: Date
  dueAt: Date
  /** Oldest first. */
  pauses: Pause[]
  extendedAt: Date | null
  extension: (Extension & { reason: string; byName: string | null }) | null
  /** Null in terms counted before it was kept. */
  formula: DeadlineFormula | null
  endedAt: Date | null
}

/** The day a term ends, `yyyy-mm-dd` in the town's zone. */
export function dueOn(deadline: Pick<CaseDeadline, 'dueAt'>, tenant: Pick<Municipality, 'timeZone'>): string {
  return localDay(deadline.dueAt.getTime(), tenant.timeZone)
}

/** The standstill that lasts, if the term stands. */
export function openPause({ pauses }: Pick<CaseDeadline, 'pauses'>): Pause | undefined {
  return pauses.find(({ to }) => to === null)
}

/** Whether it has run out; a term that stands or has ended never does. */
export function hasPassed(deadline: CaseDeadline, nowMs: number): boolean {
  return deadline.endedAt === null && !openPause(deadline) && deadline.dueAt.getTime() <= nowMs
}

/** How the law lets the term stand for this reason, if it does. */
export function standingFor({ rule }: Pick<CaseDeadline, 'rule'>, why: Standing['why']): Standing | undefined {
  return rule.standsFor?.find((each) => each.why === why)
}

/** Counts the term from its facts: always from the start, so that no step of before can be counted twice. */
export function countAgain(
  deadline: Pick<CaseDeadline, 'rule' | 'startsAt' | 'pauses' | 'extension'>,
  { country, tenant, clock }: Pick<Context, 'country' | 'tenant' | 'clock'>,
): Deadline {
  const { rule, startsAt, pauses, extension } = deadline
  return countDeadline({
    startsAt: startsAt.getTime(),
    kind: rule.kind,
    amount: rule.amount,
    calendar: calendarOf(country, tenant),
    timeZone: tenant.timeZone,
    suspensions: pauses.map(({ from, to }) => ({ from: from.getTime(), to: to?.getTime() ?? clock.now() })),
    ...(extension && { extension: { amount: extension.amount, kind: extension.kind } }),
  })
}

/** When half and four fifths of it have run, and its end. */
export function momentsOf({ startsAt, dueAt, pauses }: Pick<CaseDeadline, 'startsAt' | 'dueAt' | 'pauses'>): TermMoments {
  const stood = pauses.flatMap(({ from, to }) => (to ? [{ fromMs: from.getTime(), toMs: to.getTime() }] : []))
  return termMoments(startsAt.getTime(), dueAt.getTime(), stood)
}

/** The whole second not before `ms`: a timer set to it never comes too early. */
export function wholeSecond(ms: number): number {
  return Math.ceil(ms / 1000) * 1000
}

/** An instant as the engine is told it: ISO in whole seconds with the town's offset. */
export function inTown(instant: Date | number, { timeZone }: Pick<Municipality, 'timeZone'>): string {
  const iso = DateTime.fromMillis(wholeSecond(instant.valueOf()), { zone: timeZone }).toISO({ suppressMilliseconds: true })
  if (iso === null) throw new Error(`Expected an instant in ${timeZone} but got ${String(instant)}`)
  return iso
}

/** The days on which a town works: its country's holidays and its own opening hours. */
export function calendarOf(country: Country, tenant: Municipality): WorkCalendar {
  return {
    holidays: new Map([...country.holidays].map((date) => [date, { date, name: {} }])),
    years: new Set([...country.holidays].map((date) => Number(date.slice(0, 4)))),
    hours: tenant.hours,
  }
}
