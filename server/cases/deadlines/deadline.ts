import { localDay, type DeadlineKind } from '../../rules/countDays.ts'
import type { WorkCalendar } from '../../rules/workCalendar.ts'
import type { Country, Municipality } from '../../zeebe/municipality.ts'

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
  extendOnceBy?: { amount: number; kind: DeadlineKind }
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
  suspendedSince: Date | null
  suspensions: { from: string; to: string }[]
  extendedAt: Date | null
  endedAt: Date | null
}

/** The day a term ends, `yyyy-mm-dd` in the town's zone. */
export function dueOn(deadline: Pick<CaseDeadline, 'dueAt'>, tenant: Pick<Municipality, 'timeZone'>): string {
  return localDay(deadline.dueAt.getTime(), tenant.timeZone)
}

/** The days on which a town works: its country's holidays and its own opening hours. */
export function calendarOf(country: Country, tenant: Municipality): WorkCalendar {
  return {
    holidays: new Map([...country.holidays].map((date) => [date, { date, name: {} }])),
    years: new Set([...country.holidays].map((date) => Number(date.slice(0, 4)))),
    hours: tenant.hours,
  }
}
