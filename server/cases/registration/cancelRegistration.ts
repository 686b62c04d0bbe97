import { refuse } from '../../base/errors.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'
import { lockRegistration, updateRegistration } from '../store/registrationRows.ts'
import { addTimeline } from '../timeline.ts'
import { isOver } from './registration.ts'
import { tellProcess } from './tellProcess.ts'

/**
 * Gives a registration up at the counter: the link stops working at once, the process removes the account. Refusals: not-found,
 * registration-over, not-allowed.
 */
export async function cancelRegistration(context: Context, caseId: string, reason: string): Promise<void> {
  const { actor, clock, db, events, tenant } = context
  if (!may(actor, 'citizen.register')) refuse('not-allowed', 'not-allowed')
  await db.transaction(async (trx) => {
    const registration = (await lockRegistration(trx, caseId)) ?? refuse('not-found', 'not-found')
    if (isOver(registration)) refuse('wrong-state', 'registration-over')
    await updateRegistration(trx, caseId, { state: 'cancelled', changedAt: new Date(clock.now()) })
    await addTimeline(trx, {
      caseId, atMs: clock.now(), kind: 'registration-cancelled', actorName: actor.name, onlyOnce: `cancelled ${caseId}`,
    })
    await tellProcess(trx, context, caseId, 'request-withdrawn')
    await addAudit(trx, context, { action: 'citizen.cancel', subject: caseId, forWhom: registration.personId, reason })
  })
  context.wakeOutbox()
  events.publish({ kind: 'case-changed', tenantId: tenant.id, caseId, taskId: null })
}
