import { z } from 'zod'

/** The six languages of the interface. Serbian is one text in two scripts. */
export const languages = ['sr-Latn', 'sr-Cyrl', 'bg', 'ro', 'hu', 'en'] as const
export const Language = z.enum(languages)
export type Language = z.infer<typeof Language>

export const Country = z.enum(['rs', 'ba', 'bg', 'ro'])
export type Country = z.infer<typeof Country>

/** How surely we know who acts, in rising order. An action names the level it needs. */
export const levels = ['anonymous', 'code', 'password', 'e-signature'] as const
export const Level = z.enum(levels)
export type Level = z.infer<typeof Level>

export const Channel = z.enum(['portal', 'counter', 'phone', 'email', 'sms', 'viber', 'chat', 'voicemail', 'post'])
export type Channel = z.infer<typeof Channel>

/** Where a case stands: the whole vocabulary, the same for citizen and clerk. */
export const statuses = [
  'received', 'in-progress', 'waiting-for-you', 'waiting-for-party', 'waiting-for-opinion', 'to-sign',
  'granted', 'refused', 'answered', 'withdrawn', 'delivered',
] as const
export const Status = z.enum(statuses)
export type Status = z.infer<typeof Status>

/** An instant, ISO 8601 with offset or Z. */
export const Instant = z.iso.datetime({ offset: true })
/** A day in the town's calendar, `yyyy-mm-dd`. */
export const Day = z.iso.date()
export const Id = z.uuid()

export const Money = z.object({ minor: z.number().int(), currency: z.string().length(3) })
export type Money = z.infer<typeof Money>

/** Answers of a form: JSON as form-js gives it. */
export const Answers = z.record(z.string(), z.json())
export type Answers = z.infer<typeof Answers>

/** One fault of one field; `code` is the key of the sentence, `facts` fill its gaps. */
export const FieldFault = z.object({
  field: z.string(),
  code: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  warning: z.boolean().default(false),
})
export type FieldFault = z.infer<typeof FieldFault>

/** What every refused request answers with. `code` is the key of the sentence, `reference` finds the log line. */
export const ErrorReply = z.object({
  code: z.string(),
  facts: z.record(z.string(), z.json()).default({}),
  faults: z.array(FieldFault).optional(),
  reference: z.string().optional(),
})
export type ErrorReply = z.infer<typeof ErrorReply>
