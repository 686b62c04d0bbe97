import { endSessionsOf } from '../identity/sessions.ts'
import { addAudit } from './audit.ts'
import type { Context } from './context.ts'

/** Ends every login of the person who asks, in this town. Answers how many there were; where there was none, nothing is noted. */
export async function signOutEverywhere(context: Context): Promise<number> {
  const { actor } = context
  const ended = await endSessionsOf(context, { sub: actor.id })
  if (ended > 0) {
    const entry = { action: 'session.end-all', subject: actor.id, facts: { sessions: ended } }
    await context.db.transaction((trx) => addAudit(trx, context, entry))
  }
  return ended
}
