import { z } from 'zod'
import { FormSchema } from './catalogue.ts'
import { Supplement, TermDeeds } from './terms.ts'
import { AnsweredRow, CaseDocument, Deadline, SentMessage, TimelineEntry } from './cases.ts'
import { Mandate } from './mandates.ts'
import { ShownPayment } from './payments.ts'
import { Answers, Channel, Id, Instant, Money, Status } from './words.ts'

export const lists = ['mine', 'unit', 'unassigned', 'all'] as const

/** GET /api/{tenant}/inbox/tasks?list=&q=&after=&language= — by legal term, 50 at a time. */
export const TaskQuery = z.object({
  list: z.enum(lists),
  q: z.string().max(200).default(''),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  language: z.string(),
})

export const TaskRow = z.object({
  id: Id,
  caseId: Id,
  number: z.string(),
  procedure: z.string(),
  title: z.string(),
  applicant: z.string(),
  /** The step's name in words. */
  step: z.string(),
  unit: z.string(),
  holder: z.object({ id: z.string(), name: z.string(), mine: z.boolean() }).nullable(),
  status: Status,
  filedAt: Instant,
  createdAt: Instant,
  deadline: Deadline.nullable(),
})
export type TaskRow = z.infer<typeof TaskRow>

export const TaskList = z.object({
  rows: z.array(TaskRow),
  /** Cursor of the next page; null at the end. */
  next: z.string().nullable(),
  counts: z.object({ mine: z.number().int(), unit: z.number().int(), unassigned: z.number().int(), all: z.number().int() }),
})
export type TaskList = z.infer<typeof TaskList>

/** GET /api/{tenant}/inbox/tasks/{taskId}?language= — the case with the task's form beside it. */
export const TaskPage = z.object({
  task: z.object({
    id: Id,
    step: z.string(),
    state: z.enum(['open', 'completing', 'completed', 'gone']),
    goneReason: z.string().nullable(),
    holder: z.object({ id: z.string(), name: z.string(), mine: z.boolean() }).nullable(),
    may: z.object({ claim: z.boolean(), release: z.boolean(), complete: z.boolean() }),
    term: TermDeeds,
    form: FormSchema.nullable(),
    /** What was saved half-way, else what the form begins with. */
    answers: Answers,
    savedAt: Instant.nullable(),
  }),
  case: z.object({
    id: Id,
    number: z.string(),
    procedure: z.string(),
    title: z.string(),
    status: Status,
    unit: z.string(),
    channel: Channel,
    language: z.string(),
    filedAt: Instant,
    fee: Money.nullable(),
    deadline: Deadline.nullable(),
    supplements: z.array(Supplement),
    applicant: z.object({
      /** Whose page the reader may open; null: none, or not for them. */
      personId: Id.nullable(),
      name: z.string(),
      kind: z.enum(['person', 'company', 'anonymous']),
      numberMask: z.string(),
      email: z.string(),
      phone: z.string(),
      address: z.string(),
    }),
    /** Who acts for the applicant, and by which mandate; null where they act themselves. */
    representative: z.object({
      name: z.string(), numberMask: z.string(), email: z.string(), phone: z.string(), mandate: Mandate.nullable(),
    }).nullable(),
    answers: z.array(AnsweredRow),
    documents: z.array(CaseDocument),
    timeline: z.array(TimelineEntry),
    messages: z.array(SentMessage),
    payment: ShownPayment.nullable(),
    /** Whether the reader may note a slip. */
    mayRecordPayment: z.boolean(),
  }),
})
export type TaskPage = z.infer<typeof TaskPage>

/** POST …/{taskId}/claim and …/release have no body and answer TaskRow. PUT …/{taskId}/draft keeps it half-way. */
export const SaveTaskDraft = z.object({ answers: Answers })
export type SaveTaskDraft = z.infer<typeof SaveTaskDraft>
export const SavedTaskDraft = z.object({ savedAt: Instant })

/** POST …/{taskId}/complete */
export const CompleteTask = z.object({ answers: Answers })
export type CompleteTask = z.infer<typeof CompleteTask>
/** `nextTaskId`: the next one of the clerk's own list, to go on without a detour. */
export const CompletedTask = z.object({ nextTaskId: Id.nullable() })

/** GET /api/{tenant}/inbox/events — server-sent events; each `data:` is one of these. */
export const InboxEvent = z.object({
  kind: z.enum(['task-created', 'task-changed', 'task-gone', 'case-changed']),
  taskId: z.string().nullable(),
  caseId: z.string(),
})
export type InboxEvent = z.infer<typeof InboxEvent>
