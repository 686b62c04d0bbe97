import { z } from 'zod'
import { Level } from './words.ts'

/** One device on which the person is signed in. */
export const SignInRow = z.object({
  id: z.string(),
  /** Browser and system, as "Firefox · Windows"; empty when the browser does not say. */
  device: z.string(),
  level: Level,
  since: z.string(),
  seen: z.string(),
  /** The one that asks. */
  isThis: z.boolean(),
})
export type SignInRow = z.infer<typeof SignInRow>

/** GET /api/{tenant}/me/sign-ins — where the person is signed in, the one used last first. */
export const SignIns = z.object({ signIns: z.array(SignInRow) })
export type SignIns = z.infer<typeof SignIns>

/** DELETE /api/{tenant}/me/sign-ins/{id} */
export const EndSignIn = z.object({ id: z.string().regex(/^[\w-]{43}$/) })
