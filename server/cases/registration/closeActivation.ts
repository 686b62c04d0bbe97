import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { lockRegistration, updateRegistration } from '../store/registrationRows.ts'
import { addTimeline } from '../timeline.ts'

/**
 * Ends the waiting when nobody has used the link. Answers true when somebody did in the very last moment: then the account stays.
 * Either this or the confirmation comes first, never both.
 */
export async function closeActivation(context: Context, caseId: string): Promise<boolean> {
  const { clock, db } = context
  return db.transaction(async (trx) => {
    const registration = await lockRegistration(trx, caseId)
    if (!registration) throw new Error(`Expected case ${caseId} to be a registration, but it is none`)
    if (registration.state === 'active') return true
    if (registration.state !== 'waiting') return false
    await updateRegistration(trx, caseId, { state: 'expired', changedAt: new Date(clock.now()) })
    await addTimeline(trx, { caseId, atMs: clock.now(), kind: 'activation-expired', onlyOnce: `activation-expired ${caseId}` })
    await addAudit(trx, context, { action: 'account.expire', subject: caseId, forWhom: registration.personId })
    return false
  })
}
