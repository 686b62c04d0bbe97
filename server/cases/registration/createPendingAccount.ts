import { Refusal, refuse } from '../../base/errors.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { numberHasAccount, withAccount } from '../store/accountRows.ts'
import { findPerson } from '../store/personRows.ts'
import { findRegistration, lockRegistration, updateRegistration } from '../store/registrationRows.ts'
import { addTimeline } from '../timeline.ts'
import { isOver, loginAddress } from './registration.ts'

/**
 * Makes the account of a registration: shut, without a password, its address not confirmed. Done before, it does nothing; cancelled
 * meanwhile, nothing is left. Refuses ('account-exists') when the person or the address has one.
 */
export async function createPendingAccount(context: Context, caseId: string): Promise<void> {
  const { clock, db, installation, tenant } = context
  const { registration, person, isDouble } = await db.transaction(async (trx) => {
    const registration = await findRegistration(trx, caseId)
    if (!registration) throw new Error(`Expected case ${caseId} to be a registration, but it is none`)
    const { identifierHash, personId } = registration
    const isDouble = (await withAccount(trx, [personId])).size > 0
      || (identifierHash !== null && (await numberHasAccount(trx, identifierHash)))
    return { registration, person: await findPerson(trx, personId), isDouble }
  })
  if (isOver(registration) || registration.subject || !person) return
  if (isDouble) return foundAnother(context, caseId)

  let subject: string
  try {
    subject = await installation.citizens.createPending({ ...person, email: loginAddress(tenant, registration) }, `${tenant.id}/${caseId}`)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'account-exists') return foundAnother(context, caseId)
    throw error
  }
  const isWanted = await db.transaction(async (trx) => {
    const locked = await lockRegistration(trx, caseId)
    if (!locked || isOver(locked)) return false
    await updateRegistration(trx, caseId, { subject, state: 'waiting', changedAt: new Date(clock.now()) })
    await addTimeline(trx, { caseId, atMs: clock.now(), kind: 'account-prepared', onlyOnce: `account-prepared ${caseId}` })
    await addAudit(trx, context, { action: 'account.prepare', subject: caseId, forWhom: locked.personId })
    return true
  })
  if (!isWanted) await installation.citizens.deletePending(subject)
}

async function foundAnother(context: Context, caseId: string): Promise<never> {
  const { clock, db } = context
  await db.transaction(async (trx) => {
    await updateRegistration(trx, caseId, { state: 'duplicate', changedAt: new Date(clock.now()) })
    await addTimeline(trx, { caseId, atMs: clock.now(), kind: 'account-exists', onlyOnce: `account-exists ${caseId}` })
    await addAudit(trx, context, { action: 'account.refuse-double', subject: caseId })
  })
  refuse('already-exists', 'account-exists')
}
