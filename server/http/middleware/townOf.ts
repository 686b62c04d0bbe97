import { refuse } from '../../base/errors.ts'
import { anonymous } from '../../identity/actor.ts'
import type { Step } from '../web.ts'

/** Finds the town that the address names. Until a session says otherwise, whoever asks is nobody in particular. */
export const townOf: Step = async (ctx, next) => {
  const town = ctx.neighbors.towns().find((each) => each.id === ctx.params.tenant)
  if (!town) refuse('not-found', 'not-found')
  ctx.town = town
  ctx.context = ctx.neighbors.contextFor(town.id, anonymous)
  await next()
}
