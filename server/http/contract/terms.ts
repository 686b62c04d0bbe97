import { z } from 'zod'
import { Day, Id, Instant } from './words.ts'

export const TermKind = z.enum(['calendarDays', 'workingDays', 'months', 'workingHours'])

/** For what the law may let a term stand. */
export const whysStanding = ['supplement', 'opinion', 'preliminary-question', 'other'] as const
export const WhyStanding = z.enum(whysStanding)
export type WhyStanding = z.infer<typeof WhyStanding>

/** POST /api/{tenant}/inbox/tasks/{taskId}/term/suspend — stops the clock; the citizen reads the words. */
export const SuspendTerm = z.object({ why: WhyStanding.exclude(['supplement']), words: z.string().trim().max(500) })
export type SuspendTerm = z.infer<typeof SuspendTerm>

/** POST …/term/extend — once, by what the law gives. POST …/term/resume has no body. */
export const ExtendTerm = z.object({ words: z.string().trim().max(500) })
export type ExtendTerm = z.infer<typeof ExtendTerm>

/** POST …/supplement — asks the citizen for what is missing, until a day. */
export const RequestSupplement = z.object({ missing: z.array(z.string().trim().max(300)).min(1).max(10), dueOn: Day })
export type RequestSupplement = z.infer<typeof RequestSupplement>

/** POST /api/{tenant}/cases/{caseId}/supplement — sends what was asked for, with the files added before. */
export const AnswerSupplement = z.object({ text: z.string().trim().max(5000) })
export type AnswerSupplement = z.infer<typeof AnswerSupplement>

/** What a citizen was asked to supply, and what came of it. */
export const Supplement = z.object({
  id: Id,
  missing: z.array(z.string()),
  state: z.enum(['open', 'answered', 'missed']),
  askedAt: Instant,
  dueAt: Instant,
  dueOn: Day,
  /** What follows by law when nothing comes. */
  unanswered: z.enum(['reject', 'close', 'decide']),
  answer: z.string().nullable(),
  settledAt: Instant.nullable(),
  /** Ids of the papers that came for it. */
  documents: z.array(Id),
})
export type Supplement = z.infer<typeof Supplement>

/** What may be done about the term from a step of the case. */
export const TermDeeds = z.object({
  suspendFor: z.array(WhyStanding),
  resume: z.boolean(),
  extendBy: z.object({ amount: z.number().int(), kind: TermKind }).nullable(),
  supplement: z.object({ earliest: Day, stands: z.boolean(), unanswered: Supplement.shape.unanswered }).nullable(),
})
export type TermDeeds = z.infer<typeof TermDeeds>
