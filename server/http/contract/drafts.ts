import { z } from 'zod'
import { ShownSignatures } from './signatures.ts'
import { Answers, Id, Instant } from './words.ts'

/** By which way somebody wants to be told of news. */
export const Notices = z.enum(['email', 'sms', 'both'])
export type Notices = z.infer<typeof Notices>

/** Who files, as the portal asks it. Empty strings where nothing was given. */
export const Applicant = z.object({
  kind: z.enum(['person', 'company', 'anonymous']),
  givenName: z.string().trim().max(100).default(''),
  familyName: z.string().trim().max(150).default(''),
  /** Personal number or company number. */
  number: z.string().trim().max(20).default(''),
  email: z.string().trim().max(200).default(''),
  phone: z.string().trim().max(40).default(''),
  address: z.string().trim().max(300).default(''),
  /** How the act should come. */
  delivery: z.enum(['electronic', 'post', 'pick-up']).default('electronic'),
  /** Not said: as they chose before, at first by e-mail. No default, which a draft would take for their word. */
  notices: Notices.optional(),
  /** The mandate by which they act for another; null: for themselves. */
  mandateId: Id.nullable().default(null),
})
export type Applicant = z.infer<typeof Applicant>

export const UploadedFile = z.object({
  id: Id, field: z.string(), name: z.string(), mediaType: z.string(), sizeBytes: z.number().int(),
  /** Null: it has none. */
  signatures: ShownSignatures.nullable(),
})
export type UploadedFile = z.infer<typeof UploadedFile>

/** PUT /api/{tenant}/drafts/{draftId} — kept on each change. The id is made by the browser (UUIDv7), so a lost reply costs nothing. */
export const SaveDraft = z.object({
  procedure: z.string().max(60),
  answers: Answers,
  applicant: Applicant.partial(),
  page: z.number().int().min(0).max(20),
})
export type SaveDraft = z.infer<typeof SaveDraft>

/** GET /api/{tenant}/drafts/{draftId}, and GET …/drafts?procedure= (the newest of mine, or 404). DELETE …/{draftId} throws it away. */
export const Draft = SaveDraft.extend({ id: Id, savedAt: Instant, files: z.array(UploadedFile) })
export type Draft = z.infer<typeof Draft>

/** POST /api/{tenant}/drafts/{draftId}/hand-over — a code for a link, by which another takes it over (POST …/take-over answers Draft). */
export const HandedOver = z.object({ code: z.string(), until: Instant })
export type HandedOver = z.infer<typeof HandedOver>
export const TakeOver = z.object({ code: z.string().trim().min(1).max(40) })

/** POST /api/{tenant}/drafts/{draftId}/files?field= (multipart, one part `file`) answers UploadedFile; DELETE …/files/{fileId}. */
export const uploadLimits = {
  maxBytes: 10 * 1024 * 1024,
  maxFiles: 10,
  mediaTypes: ['application/pdf', 'image/jpeg', 'image/png', 'application/pkcs7-signature', 'application/pkcs7-mime'],
} as const
