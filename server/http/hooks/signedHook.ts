import type { z } from 'zod'
import { refuse } from '../../base/errors.ts'
import { callSignature, isSignedCall } from '../../base/signedCall.ts'
import { readBytes, understand } from '../middleware/read.ts'
import type { Asked, Step } from '../web.ts'

/** A report is a few lines; what is longer is none. */
const maxBodyBytes = 16 * 1024

/**
 * A call from an outside system: believed when it is signed with the secret both know, about now (`base/signedCall.ts`). A recorded
 * call is refused after five minutes; until then its verb must be one that changes nothing the second time. Without a secret the
 * hook does not exist.
 */
export function signedHook<Shape>(
  secretOf: (ctx: Asked) => string | undefined, schema: z.ZodType<Shape>, route: (ctx: Asked, input: Shape) => Promise<void>,
): Step {
  return async (ctx) => {
    const secret = secretOf(ctx) ?? refuse('not-found', 'not-found')
    const body = (await readBytes(ctx.req, maxBodyBytes)).toString('utf8')
    if (!isSignedCall(secret, ctx.get(callSignature), { path: ctx.path, body }, ctx.neighbors.clock.now())) refuse('not-allowed', 'call-not-signed')
    await route(ctx, understand(schema, parsed(body)))
    ctx.status = 204
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    refuse('invalid', 'request-not-understood', { expected: 'application/json' })
  }
}
