import { anonymous, type Actor } from '../../identity/actor.ts'
import type { LivingSession } from '../../identity/livingSession.ts'
import { findSession, touchSession } from '../../identity/sessions.ts'
import { cookieNames } from '../cookies.ts'
import type { Step } from '../web.ts'

/** Finds out who is asking, from the cookies, and gives verbs a context with that actor. */
export function whoAsks(livingSession: LivingSession): Step {
  return async (ctx, next) => {
    const { town, context: door } = ctx
    const session = await livingSession(door, ctx.cookies.get(cookieNames.login(town.id)))
    // What a page asks of its own accord is no sign of a person: an unattended desk still ends its session.
    const isUnattended = ctx.path.endsWith('/events') || ctx.get('x-salter-background') === 'true'
    ctx.session = session && (isUnattended ? session : await touchSession(door, session))
    const opened = await findSession(door, ctx.cookies.get(cookieNames.code(town.id)), 'code')
    const draftSecret = ctx.cookies.get(cookieNames.draft(town.id))
    const actor: Actor = {
      ...(ctx.session?.actor ?? (opened ? { ...anonymous, level: 'code' } : anonymous)),
      ...(opened?.caseId && { openedCaseId: opened.caseId }),
      ...(draftSecret && draftSecret.length <= 100 && { draftSecret }),
    }
    ctx.context = ctx.neighbors.contextFor(town.id, actor)
    await next()
  }
}
