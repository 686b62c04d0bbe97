import { z } from 'zod'
import { Day, Id, Instant, Language } from './words.ts'

/** By what right one acts for another. A helper prepares what the person sends themselves. */
export const mandateKinds = ['company-representative', 'guardian', 'proxy', 'helper'] as const
export const mandateDeeds = ['file', 'supplement', 'receive', 'withdraw', 'pay'] as const

const Terms = z.object({
  kind: z.enum(mandateKinds),
  /** Ids of procedures; null: all. */
  procedures: z.array(z.string().max(60)).max(200).nullable().default(null),
  deeds: z.array(z.enum(mandateDeeds)).max(5).default([]),
  /** Empty: from today, without an end. */
  validFrom: z.union([Day, z.literal('')]).default(''),
  validTo: z.union([Day, z.literal('')]).default(''),
})

const PersonGiven = z.object({
  kind: z.enum(['person', 'company']),
  givenName: z.string().trim().max(100).default(''),
  familyName: z.string().trim().max(150).default(''),
  number: z.string().trim().max(20).default(''),
})
export type PersonGiven = z.infer<typeof PersonGiven>

/** POST /api/{tenant}/mandates — I may act for them; the paper follows (POST …/{mandateId}/proof, multipart, one part `file`). */
export const AskMandate = Terms.extend({ whom: PersonGiven, note: z.string().trim().max(500).default('') })
export type AskMandate = z.infer<typeof AskMandate>

/** POST /api/{tenant}/mandates/offers — they may act for me; an invitation goes to the address. */
export const OfferMandate = Terms.extend({
  email: z.string().trim().max(200), caseNumber: z.string().trim().max(60).default(''), language: Language,
})
export type OfferMandate = z.infer<typeof OfferMandate>

/** POST /api/{tenant}/mandates/{mandateId}/accept — with the code of the invitation's link. */
export const AcceptOffer = z.object({ code: z.string().trim().min(1).max(40) })

/** POST …/{mandateId}/revoke — to clerks with a reason. */
export const RevokeMandate = z.object({ reason: z.string().trim().max(500).default('') })

/** POST /api/{tenant}/inbox/mandates — a clerk enters what they have seen. */
export const RecordMandate = Terms.extend({
  who: PersonGiven, whom: PersonGiven, caseNumber: z.string().trim().max(60).default(''),
  proof: z.enum(['seen', 'register']), note: z.string().trim().max(500),
})
export type RecordMandate = z.infer<typeof RecordMandate>

/** POST /api/{tenant}/inbox/mandates/{mandateId}/confirm — the number as the clerk reads it from the proof. */
export const ConfirmMandate = z.object({
  number: z.string().trim().min(1).max(20), proof: z.enum(['document', 'seen', 'register']), note: z.string().trim().max(500).default(''),
})
export type ConfirmMandate = z.infer<typeof ConfirmMandate>

/** POST …/{mandateId}/refuse */
export const RefuseMandate = z.object({ reason: z.string().trim().max(500) })

const Party = z.object({ name: z.string(), kind: z.enum(['person', 'company']), numberMask: z.string() })

export const Mandate = z.object({
  id: Id,
  kind: z.enum(mandateKinds),
  /** Who acts; null while an offer waits. */
  who: Party.nullable(),
  /** In whose name. */
  whom: Party,
  /** What the reader is in it. */
  mine: z.enum(['held', 'given', 'none']),
  /** Null: all. */
  procedures: z.array(z.object({ id: z.string(), title: z.string() })).nullable(),
  /** It is for this one request. */
  caseNumber: z.string().nullable(),
  deeds: z.array(z.enum(mandateDeeds)),
  validFrom: Day,
  validTo: Day.nullable(),
  /** How it stands today. */
  standing: z.enum(['asked', 'offered', 'refused', 'revoked', 'in-force', 'expired', 'not-yet']),
  proof: z.enum(['document', 'seen', 'register', 'own-word']).nullable(),
  proofNote: z.string(),
  offeredTo: z.string().nullable(),
  /** Who decided on it last; to citizens only the moment. */
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  reason: z.string(),
  createdAt: Instant,
  documents: z.array(z.object({ id: Id, fileName: z.string(), mediaType: z.string(), sizeBytes: z.number().int() })),
})
export type Mandate = z.infer<typeof Mandate>

/** GET /api/{tenant}/mandates?language= — held, asked for and given, newest first. */
export const Mandates = z.object({ mandates: z.array(Mandate) })
export type Mandates = z.infer<typeof Mandates>

/** GET /api/{tenant}/inbox/mandates?list=&q=&language= — to decide, oldest first; or all by name, newest first. */
export const MandateQuery = z.object({
  list: z.enum(['asked', 'all']).default('asked'), q: z.string().max(200).default(''), language: Language.optional(),
})

/** The answer to what a clerk has entered; warnings name fields. */
export const RecordedMandate = z.object({ mandate: Mandate, warnings: z.array(z.string()) })
export type RecordedMandate = z.infer<typeof RecordedMandate>
