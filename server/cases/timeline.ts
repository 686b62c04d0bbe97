import type { Json } from './case.ts'
import type { Transaction } from '../db/transaction.ts'
import { insertTimeline } from './store/timelineRows.ts'

/** What can happen to a case. The sentence is the UI's text `timeline.<kind>`, its gaps are the facts. */
export const timelineKinds = [
  'filed', 'receipt-sent', 'task-started', 'task-taken', 'task-completed', 'status-changed', 'act-made', 'act-delivered',
  'act-opened', 'closed', 'term-passed', 'message-failed', 'mandate-revoked',
  'term-half', 'term-soon', 'term-suspended', 'term-resumed', 'term-extended',
  'supplement-requested', 'supplement-answered', 'supplement-missed',
  'account-prepared', 'activation-sent', 'account-activated', 'activation-expired', 'registration-cancelled', 'account-removed',
  'account-exists',
  'payment-asked', 'payment-short', 'payment-paid', 'payment-over',
] as const
export type TimelineKind = (typeof timelineKinds)[number]

export interface TimelineEntry {
  id: string
  caseId: string
  at: Date
  kind: TimelineKind
  facts: Record<string, Json>
  /** Who did it, as people see it; null for automatic steps. */
  actorName: string | null
  /** For whom they did it, where that is another. */
  forName: string | null
  forCitizen: boolean
}

export interface NewTimelineEntry {
  caseId: string
  /** Milliseconds since 1970-01-01T00:00Z. */
  atMs: number
  kind: TimelineKind
  facts?: Record<string, Json>
  actorName?: string
  forName?: string
  /** Only for the town's own eyes. */
  staffOnly?: boolean
  /** The same text twice is told once: a job that comes again says nothing new. */
  onlyOnce?: string
}

/** Adds a line to the case's history. Answers false when it was there already (see `onlyOnce`). */
export function addTimeline(trx: Transaction, entry: NewTimelineEntry): Promise<boolean> {
  return insertTimeline(trx, entry)
}
