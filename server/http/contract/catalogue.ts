import { z } from 'zod'
import { Answers, Language, Level, Money } from './words.ts'

/** A term in words' parts: the page makes the sentence. */
export const Term = z.object({
  kind: z.enum(['calendarDays', 'workingDays', 'months', 'workingHours']),
  amount: z.number().int(),
  legalBasis: z.string(),
})
export type Term = z.infer<typeof Term>

/** A fee as the price board shows it. `name` is the key `fees.<name>` of the procedure's texts, already filled in. */
export const FeeLine = z.object({ id: z.string(), name: z.string(), amount: Money, legalBasis: z.string() })
export type FeeLine = z.infer<typeof FeeLine>

/** GET /api/{tenant}/catalogue?language=&q= */
export const CatalogueEntry = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  kind: z.enum(['request', 'petition']),
  term: Term,
  /** Empty: no fee. */
  fees: z.array(FeeLine),
  assurance: Level,
  lifeEvents: z.array(z.string()),
  popular: z.number().int(),
})
export type CatalogueEntry = z.infer<typeof CatalogueEntry>
export const CatalogueQuery = z.object({ language: Language, q: z.string().max(200).default('') })
export const Catalogue = z.object({ entries: z.array(CatalogueEntry), didYouMean: z.string().nullable() })
export type Catalogue = z.infer<typeof Catalogue>

/** GET /api/{tenant}/procedures/{procedure}?language= */
export const ProcedurePage = CatalogueEntry.extend({
  who: z.string(),
  what: z.string(),
  how: z.string(),
  unit: z.string(),
  documents: z.array(z.object({
    id: z.string(),
    name: z.string(),
    note: z.string(),
    broughtBy: z.enum(['party', 'office']),
    need: z.enum(['required', 'recommended', 'conditional']),
  })),
  applicants: z.array(z.enum(['person', 'company'])),
  /** Ends with an account of the applicant's own: they are named, and have an e-mail address. */
  opensAccount: z.boolean(),
  /** Answers for which one must be known more surely than `assurance` says: any answer, or one of `is`. */
  levels: z.array(z.object({ answer: z.string(), is: z.array(z.string()).optional(), level: Level })),
  silence: z.string(),
})
export type ProcedurePage = z.infer<typeof ProcedurePage>

/** GET /api/{tenant}/procedures/{procedure}/form?language= — a Camunda form schema with its words filled in. */
export const FormSchema = z.looseObject({
  id: z.string(),
  type: z.literal('default'),
  components: z.array(z.looseObject({ type: z.string() })),
})
export type FormSchema = z.infer<typeof FormSchema>
export const StartForm = z.object({
  procedure: z.string(),
  title: z.string(),
  packageVersion: z.number().int(),
  schema: FormSchema,
  initial: Answers,
})
export type StartForm = z.infer<typeof StartForm>

/**
 * POST /api/{tenant}/procedures/{procedure}/fee — what a request with these answers will be charged. Nothing is changed or kept;
 * the answers come in the body because addresses are logged.
 */
export const AskFee = z.object({ answers: Answers, anonymous: z.boolean() })
export type AskFee = z.infer<typeof AskFee>
/** Null: the answers do not say it yet, or the procedure has no fee. */
export const ForetoldFee = z.object({ fee: z.object({ amount: Money, legalBasis: z.string() }).nullable() })
export type ForetoldFee = z.infer<typeof ForetoldFee>
