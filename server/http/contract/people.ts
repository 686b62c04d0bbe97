import { z } from 'zod'
import { Channel, Day, Id, Instant, Level, Status } from './words.ts'

/** A person or company as lists tell them apart; never more of a number than its end. */
export const PersonRow = z.object({
  id: Id,
  kind: z.enum(['person', 'company']),
  name: z.string(),
  bornOn: Day.nullable(),
  /** Dots and the last three digits; empty where none was given. */
  numberMask: z.string(),
  /** The number was seen on a paper or told by an authority. */
  proven: z.boolean(),
  address: z.string(),
})
export type PersonRow = z.infer<typeof PersonRow>

/**
 * GET /api/{tenant}/inbox/people?q= — people and companies by name in either script, by their whole number, birthday or a case
 * number. `near`: no name is exactly so, these are one typing error away.
 */
export const FindPeople = z.object({ q: z.string().trim().max(200) })
export const FoundPeople = z.object({ people: z.array(PersonRow), near: z.boolean(), more: z.boolean() })
export type FoundPeople = z.infer<typeof FoundPeople>

export const partyRoles = ['applicant', 'representative', 'cosigner'] as const

/** A case of theirs that the reader may open. */
export const PersonCase = z.object({
  id: Id,
  number: z.string(),
  title: z.string(),
  status: Status,
  channel: Channel,
  unit: z.string(),
  filedAt: Instant,
  closedAt: Instant.nullable(),
  /** In which roles they stand in it. */
  as: z.array(z.enum(partyRoles)),
  /** A task of it that the reader may open; null: none. */
  taskId: Id.nullable(),
})
export type PersonCase = z.infer<typeof PersonCase>

/** Who acts for whom. */
export const PersonMandate = z.object({
  id: Id,
  /** Whether this person acts for the other, or the other for them. */
  direction: z.enum(['acts-for', 'is-represented-by']),
  other: z.object({ id: Id, name: z.string() }),
  kind: z.string(),
  validFrom: Day,
  validTo: Day.nullable(),
})
export type PersonMandate = z.infer<typeof PersonMandate>

/** Two rows that became one, as the office sees it. */
export const PersonMerge = z.object({
  id: Id,
  other: z.object({ id: Id, name: z.string() }),
  at: Instant,
  reason: z.string(),
  undoneAt: Instant.nullable(),
  undoReason: z.string(),
  /** It can be undone: the newest of those that stand, and the reader may. */
  undoable: z.boolean(),
  /** Cases that came since to the row that stayed: they stay with it unless they are named. */
  casesSince: z.array(z.object({ id: Id, number: z.string(), title: z.string(), filedAt: Instant })),
})
export type PersonMerge = z.infer<typeof PersonMerge>

/** GET /api/{tenant}/inbox/people/{personId}?language= — all they have with the town, as far as the reader may see it. */
export const PersonPage = z.object({
  person: PersonRow.extend({
    givenName: z.string(),
    familyName: z.string(),
    email: z.string(),
    phone: z.string(),
    language: z.string(),
    createdAt: Instant,
  }),
  /** Of a row that was merged into another: that one; the rest of the page is empty then. */
  mergedInto: z.object({ id: Id, name: z.string() }).nullable(),
  accounts: z.array(z.object({ id: Id, createdAt: Instant, lastSeenAt: Instant.nullable(), level: Level.nullable() })),
  cases: z.array(PersonCase),
  /** Further cases that are not for the reader. */
  casesElsewhere: z.number().int(),
  messages: z.array(z.object({
    id: Id, caseId: Id.nullable(), number: z.string(), channel: Channel, direction: z.enum(['in', 'out']), subject: z.string(), at: Instant,
    status: z.enum(['waiting', 'sent', 'failed', 'received']),
  })),
  mandates: z.array(PersonMandate),
  merges: z.array(PersonMerge),
  notes: z.array(z.object({ id: Id, at: Instant, by: z.string(), text: z.string() })),
  /** Rows that may be this person too. */
  doubles: z.array(PersonRow),
  may: z.object({ merge: z.boolean(), note: z.boolean() }),
})
export type PersonPage = z.infer<typeof PersonPage>

/** POST /api/{tenant}/inbox/people/{personId}/notes */
export const AddNote = z.object({ text: z.string().trim().min(1).max(2000) })
export type AddNote = z.infer<typeof AddNote>

/** The fields in which two rows may differ and of which one value stays. The number is no choice: the proven one stays. */
export const mergeFields = ['name', 'bornOn', 'address', 'email', 'phone', 'language'] as const
export type MergeField = (typeof mergeFields)[number]

const MergeSide = z.object({
  person: PersonPage.shape.person,
  cases: z.number().int(),
  accounts: z.number().int(),
  mandates: z.number().int(),
})
export type MergeSide = z.infer<typeof MergeSide>

/** GET /api/{tenant}/inbox/people/{personId}/merge/{otherId} — both side by side. */
export const MergePage = z.object({
  kept: MergeSide,
  other: MergeSide,
  differs: z.array(z.enum(mergeFields)),
  /** Code of the sentence why they cannot be merged; null: they can. */
  refusal: z.string().nullable(),
})
export type MergePage = z.infer<typeof MergePage>

/** POST /api/{tenant}/inbox/people/{personId}/merge — the row in the path stays; `take` names the fields taken from the other. */
export const MergePeople = z.object({
  otherId: Id,
  take: z.array(z.enum(mergeFields)).max(mergeFields.length).default([]),
  reason: z.string().trim().min(1).max(500),
})
export type MergePeople = z.input<typeof MergePeople>
export const MergedPeople = z.object({ personId: Id, mergeId: Id })
export type MergedPeople = z.infer<typeof MergedPeople>

/** POST /api/{tenant}/inbox/people/merges/{mergeId}/undo — parts them again; `caseIds`: cases that came since and go to the other. */
export const UndoMerge = z.object({
  reason: z.string().trim().min(1).max(500),
  caseIds: z.array(Id).max(500).default([]),
})
export type UndoMerge = z.input<typeof UndoMerge>
/** The row that stands by itself again. */
export const UndoneMerge = z.object({ personId: Id })
export type UndoneMerge = z.infer<typeof UndoneMerge>

export const doubleReasons = ['same-birthday', 'same-email', 'same-phone'] as const

/** GET /api/{tenant}/inbox/people/doubles?after= — pairs that may be one person, from the newest rows back. */
export const ListDoubles = z.object({ after: z.string().max(100).optional() })
export const LikelyDoubles = z.object({
  pairs: z.array(z.object({ one: PersonRow, other: PersonRow, why: z.array(z.enum(doubleReasons)) })),
  /** Where to look on; null: all rows were looked at. */
  next: z.string().nullable(),
})
export type LikelyDoubles = z.infer<typeof LikelyDoubles>

/** GET /api/{tenant}/me/merges — what the town did with my data: office and role, when and why. */
export const MyMerges = z.object({
  merges: z.array(z.object({
    at: Instant,
    kind: z.enum(['merged', 'parted']),
    offices: z.array(z.string()),
    roles: z.array(z.string()),
    reason: z.string(),
  })),
})
export type MyMerges = z.infer<typeof MyMerges>
