import { z } from 'zod'
import { Country, Instant, Language, Level } from './words.ts'

/** GET /api/{tenant}/town?language= — what every page begins with. */
export const Town = z.object({
  id: z.string(),
  /** In the language asked for. */
  name: z.string(),
  place: z.string(),
  country: Country,
  authority: z.enum(['city', 'municipality', 'county-council']),
  languages: z.array(Language),
  firstLanguage: Language,
  officialLanguage: Language,
  timeZone: z.string(),
  currency: z.string(),
  /** `hue` and `chroma` fill the tokens; `mark` is the color as given. Browsers without oklch() get computed roles in the page itself. */
  color: z.object({ hue: z.number(), chroma: z.number(), mark: z.string() }),
  /** A drawing's name, or `own`: the picture at `/api/{tenant}/emblem`. */
  emblem: z.string(),
  /** A copy for practice: said on every page, and nothing leaves it. */
  training: z.boolean(),
  contact: z.object({ address: z.string(), phone: z.string(), email: z.string() }),
  /** Opening hours today, in the town's own time; null when closed all day. */
  openToday: z.object({ from: z.string(), to: z.string() }).nullable(),
  /** An example of a register number, for the status form. */
  numberExample: z.string(),
  demo: z.boolean(),
  /** Which links to the outside are live here, and which are simulators. */
  links: z.array(z.object({ system: z.string(), mode: z.enum(['live', 'simulator', 'off']) })),
  /** Demo only: the page that shows what was mailed. */
  mailCatcherUrl: z.string().nullable(),
})
export type Town = z.infer<typeof Town>

/** GET /api/towns — the demo's front door. */
export const Towns = z.array(z.object({
  id: z.string(),
  names: z.record(z.string(), z.string()),
  firstLanguage: Language,
  mark: z.string(),
}))
export type Towns = z.infer<typeof Towns>

/** GET /api/{tenant}/me — who is asking, as far as the page needs to know. */
export const Me = z.object({
  signedIn: z.boolean(),
  level: Level,
  name: z.string(),
  initials: z.string(),
  staff: z.boolean(),
  roles: z.array(z.string()),
  /** What they may do that is done to nothing in particular: which pages are theirs. */
  may: z.array(z.string()),
  units: z.array(z.object({ id: z.string(), name: z.string() })),
  /** A citizen's known data, to fill in the page "who files". */
  contact: z.object({
    givenName: z.string(),
    familyName: z.string(),
    email: z.string(),
    phone: z.string(),
    address: z.string(),
    personalNumberMask: z.string(),
    /** When a clerk last saw the person with a document; null: never. */
    identityConfirmedAt: Instant.nullable(),
  }).nullable(),
  /** Sent back in header `x-salter-token` with each request that changes something. */
  formToken: z.string(),
  /** When the session ends if nothing happens; null when not signed in. */
  endsAt: z.string().nullable(),
})
export type Me = z.infer<typeof Me>
