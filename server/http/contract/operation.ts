import { z } from 'zod'
import { Id, Instant, Language } from './words.ts'

/** A key of the engine: a whole number of 64 bits, as text. */
const Key = z.string().regex(/^\d{1,19}$/)

/** The case something holds up, as far as it is known and a reader may see it. */
const HeldCase = z.object({ id: Id, number: z.string(), title: z.string() })

/** What designers and administrators need to find the fault; shown apart from the words for everybody. */
const Technical = z.object({ process: z.string(), element: z.string(), instance: z.string(), message: z.string() })

export const IncidentRow = z.object({
  key: Key,
  /** Which sentence tells it: `operation.kinds.<kind>`. */
  kind: z.enum(['job', 'expression', 'form', 'called', 'decision', 'error-not-caught', 'too-large', 'unknown']),
  step: z.string(),
  case: HeldCase.nullable(),
  since: Instant,
  technical: Technical,
})
export type IncidentRow = z.infer<typeof IncidentRow>

export const FailedJobRow = z.object({
  key: Key,
  type: z.string(),
  step: z.string(),
  case: HeldCase.nullable(),
  triesLeft: z.number().int(),
  technical: Technical,
})
export type FailedJobRow = z.infer<typeof FailedJobRow>

export const StalledRow = z.object({
  id: Id,
  kind: z.enum(['publish-message', 'complete-job', 'send-message', 'send-sms']),
  case: HeldCase.nullable(),
  /** Where a message to a person was to go. */
  address: z.string().nullable(),
  attempts: z.number().int(),
  createdAt: Instant,
  since: Instant,
  lastError: z.string(),
})
export type StalledRow = z.infer<typeof StalledRow>

/** GET /api/{tenant}/inbox/operation?language= — all that stands still. */
export const OperationQuery = z.object({ language: Language })
export const OperationPage = z.object({
  /** Null where the engine's address does not tell. */
  incidents: z.array(IncidentRow).nullable(),
  failedJobs: z.array(FailedJobRow).nullable(),
  stalled: z.array(StalledRow),
  /** Whether the reader may mend, or only look. */
  may: z.object({ mend: z.boolean() }),
})
export type OperationPage = z.infer<typeof OperationPage>

/** GET /api/{tenant}/inbox/operation/audit — checks the whole chain of the audit. */
export const AuditCheck = z.object({
  /** How many entries are sound, from the first on. */
  entries: z.number().int(),
  /** Number of the first that is not; null: the chain is whole. */
  brokenAt: z.string().nullable(),
  /** Of the last sound entry, 64 hex digits: to be kept outside and compared later. */
  seal: z.string(),
})
export type AuditCheck = z.infer<typeof AuditCheck>

/** Long enough to say something, short enough to be read by whoever checks later. */
const Reason = z.string().trim().min(5).max(500)

/** POST /api/{tenant}/inbox/operation/incidents/{key}/resolve — answers nothing. */
export const ResolveIncident = z.object({
  reason: Reason,
  /** Corrected values of variables, by name. */
  variables: z.record(z.string().regex(/^[\p{L}_][\p{L}\p{N}_]{0,99}$/u), z.json()).default({}),
})
export type ResolveIncident = z.input<typeof ResolveIncident>

/** POST …/operation/jobs/{key}/retry */
export const RetryJob = z.object({ reason: Reason })
export type RetryJob = z.infer<typeof RetryJob>

/** POST …/operation/stalled/{id}/send-again */
export const SendAgain = z.object({ reason: Reason, address: z.string().trim().min(1).max(254).optional() })
export type SendAgain = z.infer<typeof SendAgain>

/** POST …/operation/stalled/{id}/discard */
export const DiscardStalled = z.object({ reason: Reason })
export type DiscardStalled = z.infer<typeof DiscardStalled>

export const OneKey = z.object({ key: Key })
export const OneStalled = z.object({ id: Id })
