import { z } from 'zod'
import { Country, Language } from './words.ts'

/** Names in the five languages that texts are kept in. */
const Name = z.string().trim().max(200)
const Names = z.object({ sr: Name, bg: Name, ro: Name, hu: Name, en: Name })
const Text = z.string().trim().max(300)
const Hours = z.tuple([z.string().regex(/^\d\d:\d\d$/), z.string().regex(/^\d\d:\d\d$/)]).nullable()
const WeekHours = z.object({ mon: Hours, tue: Hours, wed: Hours, thu: Hours, fri: Hours, sat: Hours, sun: Hours })
const Authority = z.enum(['city', 'municipality', 'county-council'])
const Numbering = z.object({ template: z.string().trim().max(100), scope: z.enum(['class', 'one']), actTemplate: z.string().trim().max(100) })
const Unit = z.object({ id: z.string().trim().max(41), prefix: z.string().trim().max(20), names: Names })
const Color = z.string().regex(/^#[0-9A-Fa-f]{6}$/)
const Emblem = z.enum(['hall', 'tree', 'leaf', 'mountains', 'own'])
/** Text messages in the citizen's own letters, or in plain Latin. */
const SmsLetters = z.enum(['own', 'plain-latin'])
const Languages = z.array(Language).min(1).max(6)

/** What a person may do in a town hall; whoever keeps the installation is made elsewhere. */
export const townRoles = [
  'counter-clerk', 'village-office-clerk', 'case-clerk', 'registrar', 'head', 'supervisor', 'quality-manager',
  'process-designer', 'records-officer', 'external-organisation', 'auditor', 'administrator',
] as const
export const TownRole = z.enum(townRoles)
export type TownRole = z.infer<typeof TownRole>

/** POST /api/{tenant}/inbox/town/staff — an account with roles and units, and an e-mail to choose a password. */
export const NewStaff = z.object({
  username: z.string().trim().toLowerCase().regex(/^[a-z0-9][a-z0-9._@-]{2,59}$/),
  givenName: z.string().trim().min(1).max(100),
  familyName: z.string().trim().min(1).max(100),
  email: z.email().max(254),
  roles: z.array(TownRole).max(12),
  units: z.array(z.string().max(41)).max(200),
})
export type NewStaff = z.infer<typeof NewStaff>

/** POST /api/{tenant}/inbox/towns — a new municipality; what is not said is the country's custom. Answers {@link TownAdded}. */
export const NewTown = z.object({
  country: Country,
  authority: Authority,
  name: Name,
  place: Name,
  address: Text,
  phone: z.string().trim().max(50),
  email: z.string().trim().max(254),
  id: z.string().trim().max(41).optional(),
  color: Color.optional(),
  emblem: Emblem.optional(),
  officialLanguage: Language.optional(),
  firstLanguage: Language.optional(),
  languages: Languages.optional(),
  proceedingLanguages: z.array(Language).max(6).optional(),
  timeZone: z.string().max(60).optional(),
  numbering: Numbering.optional(),
  hours: WeekHours.optional(),
  units: z.array(Unit).min(1).max(200).optional(),
  names: Names.partial().optional(),
  placeNames: Names.partial().optional(),
  addresses: Names.partial().optional(),
  /** The first person of the town hall, who then invites the others. */
  administrator: NewStaff.optional(),
})
export type NewTown = z.infer<typeof NewTown>
export const TownAdded = z.object({ id: z.string() })
export type TownAdded = z.infer<typeof TownAdded>

/** GET /api/{tenant}/inbox/town — what an administrator may change of the own town. */
export const TownSettings = z.object({
  id: z.string(),
  country: Country,
  authority: Authority,
  trainingOf: z.string().nullable(),
  /** The town's copy for practice, if it has one. */
  training: z.string().nullable(),
  names: Names,
  placeNames: Names,
  contact: z.object({ address: Names, phone: z.string(), email: z.string() }),
  hours: WeekHours,
  color: Color,
  emblem: z.string(),
  languages: Languages,
  firstLanguage: Language,
  officialLanguage: Language,
  smsLetters: SmsLetters,
  numbering: Numbering,
  units: z.array(Unit),
  /** Units without which procedures would have nowhere to go. */
  unitsNeeded: z.array(z.string()),
  may: z.object({ addTown: z.boolean() }),
})
export type TownSettings = z.infer<typeof TownSettings>

/** POST /api/{tenant}/inbox/town — answers {@link TownSettings}; `town-has-faults` names every field at fault. */
export const TownChange = z.object({
  names: Names,
  placeNames: Names,
  contact: z.object({ address: Names, phone: z.string().trim().max(50), email: z.string().trim().max(254) }),
  hours: WeekHours,
  color: Color,
  emblem: Emblem,
  languages: Languages,
  firstLanguage: Language,
  smsLetters: SmsLetters,
  numbering: Numbering,
  units: z.array(Unit).min(1).max(200),
}).partial()
export type TownChange = z.infer<typeof TownChange>

/** PUT /api/{tenant}/inbox/town/emblem — the picture itself, PNG, JPEG or SVG, at most 256 KB. Answers {@link TownSettings}. */
export const emblemTypes = ['image/png', 'image/jpeg', 'image/svg+xml'] as const

/** GET /api/{tenant}/inbox/town/training — how full the copy for practice is, and how to sign in there. POST makes it or answers the one
 * that is there; POST …/training/fill empties it and fills it anew. */
export const Training = z.object({
  /** Null: there is none. The rest is empty then. */
  id: z.string().nullable(),
  phase: z.enum(['emptying', 'inviting', 'filling', 'done']).nullable(),
  planned: z.number().int(),
  filed: z.number().int(),
  settled: z.number().int(),
  /** Of all accounts. */
  password: z.string().nullable(),
  accounts: z.array(z.object({ role: TownRole, username: z.string(), name: z.string() })),
})
export type Training = z.infer<typeof Training>

/** GET /api/{tenant}/inbox/town/staff */
export const StaffRow = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  email: z.string(),
  roles: z.array(TownRole),
  units: z.array(z.string()),
  enabled: z.boolean(),
  /** Has not chosen a password yet. */
  invited: z.boolean(),
  /** The reader. */
  self: z.boolean(),
})
export type StaffRow = z.infer<typeof StaffRow>
export const StaffRows = z.array(StaffRow)

/** POST /api/{tenant}/inbox/town/staff/{memberId} — answers nothing. */
export const StaffChange = z.object({
  roles: z.array(TownRole).max(12),
  units: z.array(z.string().max(41)).max(200),
  enabled: z.boolean(),
}).partial()
export type StaffChange = z.infer<typeof StaffChange>
export const OneMember = z.object({ memberId: z.uuid() })

/** GET /api/{tenant}/inbox/towns/customs/{country} — how a municipality of the country usually begins. */
export const CustomsOf = z.object({ country: Country })
export const Customs = z.object({
  authorities: z.array(Authority),
  officialLanguage: Language,
  languages: Languages,
  numbering: Numbering,
  units: z.array(Unit),
})
export type Customs = z.infer<typeof Customs>
