import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { lockRegistration, updateRegistration } from '../store/registrationRows.ts'
import { addTimeline } from '../timeline.ts'

/** Removes the account that was made and never opened. One that is open stays: what a person has confirmed no step takes away. */
export async function deletePendingAccount(context: Context, caseId: string): Promise<void> {
  const { clock, db, installation } = context
  await db.transaction(async (trx) => {
    const registration = await lockRegistration(trx, caseId)
    if (!registration) throw new Error(`Expected case ${caseId} to be a registration, but it is none`)
    if (registration.state === 'active' || !registration.subject) return
    // Inside the lock, so that nobody confirms in this moment; gone already is gone.
    await installation.citizens.deletePending(registration.subject)
    const state = registration.state === 'waiting' ? 'cancelled' as const : registration.state
    await updateRegistration(trx, caseId, { state, subject: null, changedAt: new Date(clock.now()) })
    await addTimeline(trx, { caseId, atMs: clock.now(), kind: 'account-removed', onlyOnce: `account-removed ${caseId}` })
    await addAudit(trx, context, { action: 'account.remove', subject: caseId, forWhom: registration.personId })
  })
}
