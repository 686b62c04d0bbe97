import { z } from 'zod'
import { whysShown } from '../../rules/identifiers/whyShown.ts'
import { caseActions } from '../../rules/neededLevel.ts'
import { Applicant } from './drafts.ts'
import { mandateKinds } from './mandates.ts'
import { ShownPayment } from './payments.ts'
import { ShownSignatures } from './signatures.ts'
import { Supplement, TermKind, WhyStanding } from './terms.ts'
import { Answers, Channel, Day, Id, Instant, Language, Level, Money, Status } from './words.ts'

/** POST /api/{tenant}/cases. The same `clientKey` twice answers the same receipt: a double click files once. */
export const FileCase = z.object({
  procedure: z.string().max(60),
  draftId: Id,
  clientKey: Id,
  language: Language,
  applicant: Applicant,
  answers: Answers,
})
export type FileCase = z.infer<typeof FileCase>

/** A term as citizen and clerk both see it. Fractions for drawing are made from these instants. */
export const Deadline = z.object({
  startsAt: Instant,
  dueAt: Instant,
  dueOn: z.string(),
  kind: TermKind,
  amount: z.number().int(),
  legalBasis: z.string(),
  silence: z.string(),
  suspendedSince: Instant.nullable(),
  suspendedFor: z.object({ why: WhyStanding, words: z.string() }).nullable(),
  suspensions: z.array(z.object({ from: Instant, to: Instant, why: WhyStanding, words: z.string() })),
  extendedAt: Instant.nullable(),
  extension: z.object({ amount: z.number().int(), kind: TermKind, reason: z.string() }).nullable(),
  /** How the date came about. Null in terms counted before it was kept. */
  formula: z.object({
    startsOn: Day,
    /** The day the count reached, before moving off days on which nobody works. */
    endsOn: Day,
    movedOver: z.array(z.object({ date: Day, why: z.enum(['weekend', 'holiday']) })),
    /** Days left out while counting working days or hours. */
    skippedDays: z.number().int(),
    suspendedDays: z.number().int(),
    /** False: the holidays of some year are not known yet. */
    calendarComplete: z.boolean(),
  }).nullable(),
  endedAt: Instant.nullable(),
})
export type Deadline = z.infer<typeof Deadline>

/** The answer to filing: shown once, printed, mailed. The code is never readable again. */
export const Receipt = z.object({
  caseId: Id,
  number: z.string(),
  code: z.string(),
  filedAt: Instant,
  procedure: z.string(),
  title: z.string(),
  unit: z.string(),
  channel: Channel,
  attachments: z.number().int(),
  /** Null: no fee. Absent: not worked out yet. */
  fee: Money.nullable().optional(),
  deadline: Deadline,
  email: z.string().nullable(),
  /** The number a text message goes to; null: none does. */
  sms: z.string().nullable(),
  /** The applicant, where somebody filed it for them. */
  forWhom: z.string().nullable(),
  /** The code also opens the account that was asked for, so it is mailed to nobody. */
  opensAccount: z.boolean(),
})
export type Receipt = z.infer<typeof Receipt>

export const TimelineEntry = z.object({
  id: Id,
  at: Instant,
  /** Text key `timeline.<kind>`. */
  kind: z.string(),
  facts: z.record(z.string(), z.json()),
  actor: z.string().nullable(),
  /** For whom the actor did it, where that is another. */
  forWhom: z.string().nullable(),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

export const CaseDocument = z.object({
  id: Id,
  kind: z.enum(['upload', 'receipt', 'act']),
  title: z.string(),
  number: z.string().nullable(),
  fileName: z.string(),
  mediaType: z.string(),
  sizeBytes: z.number().int(),
  createdAt: Instant,
  verifyCode: z.string().nullable(),
  /** Null: it has none, or is the town's own. */
  signatures: ShownSignatures.nullable(),
})
export type CaseDocument = z.infer<typeof CaseDocument>

/** Something the town has written to the applicant. */
export const SentMessage = z.object({
  id: Id,
  channel: z.enum(['email', 'sms']),
  /** Text key `messages.kinds.<kind>`. */
  kind: z.string(),
  address: z.string(),
  /** Text key `messages.states.<state>`. */
  state: z.enum(['waiting', 'sent', 'delivered', 'failed']),
  /** Text key `messages.failures.<failure>`; null while it has not failed. */
  failure: z.string().nullable(),
  /** How often it was tried; more than once says that the neighbor was away. */
  attempts: z.number().int(),
  /** Of the state. */
  at: Instant,
})
export type SentMessage = z.infer<typeof SentMessage>

/** One answered question, in words. */
export const AnsweredRow = z.object({
  key: z.string(),
  label: z.string(),
  value: z.string(),
  group: z.string(),
  /** A personal number, of which only the end is told. */
  masked: z.boolean(),
  /** The reader may have it shown whole, for a reason. */
  showable: z.boolean(),
})
export type AnsweredRow = z.infer<typeof AnsweredRow>

/** Somebody of the town hall was shown a whole personal number of the case. */
export const NumberLook = z.object({
  at: Instant,
  /** The question it answers. */
  field: z.string(),
  offices: z.array(z.string()),
  /** Text keys `roles.<role>`. */
  roles: z.array(z.string()),
  why: z.enum(whysShown),
  words: z.string(),
})
export type NumberLook = z.infer<typeof NumberLook>

/** POST /api/{tenant}/inbox/cases/{caseId}/number — shows one personal number whole; who and why stays where the citizen reads it. */
export const ShowNumber = z.object({
  field: z.string().min(1).max(200), why: z.enum(whysShown), words: z.string().trim().max(300).default(''),
})
export type ShowNumber = z.input<typeof ShowNumber>
export const ShownNumber = z.object({ number: z.string() })
export type ShownNumber = z.infer<typeof ShownNumber>

/** GET /api/{tenant}/cases/{caseId} — for whom it belongs to, by login or by number and code. */
export const CasePage = z.object({
  id: Id,
  number: z.string(),
  procedure: z.string(),
  title: z.string(),
  status: Status,
  outcome: z.string().nullable(),
  unit: z.string(),
  channel: Channel,
  filedAt: Instant,
  closedAt: Instant.nullable(),
  /** Null: no fee. Absent: not worked out yet. */
  fee: Money.nullable().optional(),
  deadline: Deadline.nullable(),
  /** What the citizen was asked to supply, oldest first. */
  supplements: z.array(Supplement),
  documents: z.array(CaseDocument),
  timeline: z.array(TimelineEntry),
  messages: z.array(SentMessage),
  /** The applicant and who acts for them; null where they act themselves. */
  parties: z.object({ applicant: z.string(), representative: z.string(), kind: z.enum(mandateKinds).nullable() }).nullable(),
  /** Null: nothing is asked. */
  payment: ShownPayment.nullable(),
  /** Newest first. */
  looks: z.array(NumberLook),
  answers: z.array(AnsweredRow),
  /** How surely one must be known for an action; for the others as surely as for reading. */
  actionLevels: z.partialRecord(z.enum(caseActions), Level),
})
export type CasePage = z.infer<typeof CasePage>

/** GET /api/{tenant}/cases?language= — mine, newest first. */
export const MyCases = z.object({
  cases: z.array(CasePage.pick({
    id: true,
    number: true,
    procedure: true,
    title: true,
    status: true,
    filedAt: true,
    closedAt: true,
    deadline: true,
  }).extend({
    acts: z.number().int(),
    /** Whose it is, where I see it by a mandate. */
    forWhom: z.string().nullable(),
  })),
  drafts: z.array(z.object({ id: Id, procedure: z.string(), title: z.string(), savedAt: Instant })),
})
export type MyCases = z.infer<typeof MyCases>

/** POST /api/{tenant}/status — number and code open one case for half an hour. */
export const OpenByCode = z.object({ number: z.string().trim().min(1).max(60), code: z.string().trim().min(1).max(20) })
export type OpenByCode = z.infer<typeof OpenByCode>
export const OpenedByCode = z.object({ caseId: Id })
export type OpenedByCode = z.infer<typeof OpenedByCode>

/** GET /api/{tenant}/verify/{code} — is this act genuine? No personal data. */
export const Verification = z.object({
  genuine: z.boolean(),
  /** It was made in a copy for practice: the register of that copy knows it, and it has no legal effect. */
  training: z.boolean(),
  number: z.string().nullable(),
  title: z.string().nullable(),
  issuedAt: Instant.nullable(),
  unit: z.string().nullable(),
  sha256: z.string().nullable(),
})
export type Verification = z.infer<typeof Verification>
