import { z } from 'zod'

/** A line of the table of rights. Each word is the key of a text: `inbox.rights.who.<party>` and so on. */
const Line = z.object({
  who: z.array(z.string()),
  /** On what: all of these hold. */
  on: z.array(z.string()),
  /** In which state: all of these hold; empty: in any. */
  when: z.array(z.string()),
})

/** GET /api/{tenant}/inbox/rights — who may do what, exactly as it is enforced. GET …/rights/mine: as far as it speaks of the reader. */
export const RightsPage = z.object({
  sections: z.array(z.object({
    id: z.string(),
    deeds: z.array(z.object({
      deed: z.string(),
      /** Settled, but nothing in the product does it yet. */
      toCome: z.boolean(),
      /** The longest time since the person signed in, in minutes; null: the session is enough. */
      loginWithin: z.number().int().nullable(),
      lines: z.array(Line),
    })),
  })),
  /** Everybody the table knows, in its order. */
  parties: z.array(z.string()),
})
export type RightsPage = z.infer<typeof RightsPage>
