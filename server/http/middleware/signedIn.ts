import { refuse } from '../../base/errors.ts'
import type { Step } from '../web.ts'

/** Lets pass whoever has signed in. */
export const signedIn: Step = async (ctx, next) => {
  if (!ctx.session) refuse('not-allowed', 'not-signed-in')
  await next()
}

/** Lets pass the people of this town hall. */
export const staffOnly: Step = async (ctx, next) => {
  if (!ctx.session) refuse('not-allowed', 'not-signed-in')
  if (ctx.context.actor.kind !== 'staff') refuse('not-allowed', 'not-allowed')
  await next()
}
