import { refuse } from '../../base/errors.ts'
import type { Transaction } from '../../db/transaction.ts'
import { addAudit } from '../audit.ts'
import { isEmail } from '../../rules/isEmail.ts'
import type { Context } from '../context.ts'
import { FormRefusal } from '../formRefusal.ts'
import { may } from '../may.ts'
import { findPerson, updateContact } from '../store/personRows.ts'
import { lockRegistration, updateRegistration } from '../store/registrationRows.ts'
import { openLink } from './lookAtLink.ts'
import { isOver, loginAddress, mayResend, type Registration } from './registration.ts'
import { tellProcess } from './tellProcess.ts'

/**
 * Asks the process for another link, at the counter; to another address when the first was mistyped. Refusals: not-found,
 * registration-over, too-many-letters, account-exists (somebody has the new address), not-allowed.
 */
export async function resendActivation(context: Context, caseId: string, { email }: { email?: string | undefined }): Promise<void> {
  const { actor, db } = context
  if (!may(actor, 'citizen.register')) refuse('not-allowed', 'not-allowed')
  if (email && !isEmail(email)) throw new FormRefusal([{ key: 'email', code: 'not-an-email', facts: {} }])
  await db.transaction(async (trx) => {
    const registration = (await lockRegistration(trx, caseId)) ?? refuse('not-found', 'not-found')
    await askAgain(trx, context, registration)
    if (email && email.toLowerCase() !== registration.email.toLowerCase()) await correctAddress(trx, context, registration, email)
    await addAudit(trx, context, {
      action: 'account.send-again', subject: caseId, forWhom: registration.personId, facts: { otherAddress: email !== undefined },
    })
  })
  context.wakeOutbox()
}

/** The same for whoever holds the last link, also when it has run out: to the same address. */
export async function resendByLink(context: Context, token: string): Promise<void> {
  await context.db.transaction(async (trx) => {
    const { registration } = await openLink(trx, token)
    await askAgain(trx, context, registration)
    await addAudit(trx, context, { action: 'account.send-again', subject: registration.caseId, forWhom: registration.personId })
  })
  context.wakeOutbox()
}

async function askAgain(trx: Transaction, context: Context, registration: Registration): Promise<void> {
  if (isOver(registration)) refuse('wrong-state', 'registration-over')
  if (!mayResend(registration)) refuse('wrong-state', 'too-many-letters')
  await tellProcess(trx, context, registration.caseId, 'send-again', registration.letters)
}

/** Keycloak keeps a user name for good, so the account is made anew: it has never been opened. */
async function correctAddress(trx: Transaction, context: Context, registration: Registration, email: string): Promise<void> {
  const { clock, installation, tenant } = context
  const person = await findPerson(trx, registration.personId)
  if (!person) throw new Error(`Expected person ${registration.personId} of registration ${registration.caseId}, but found none`)
  const login = loginAddress(tenant, { caseId: registration.caseId, email })
  const subject = await installation.citizens.createPending({ ...person, email: login }, `${tenant.id}/${registration.caseId}`)
  // The old link lies in the mailbox of the old address: it may not confirm the new one until the process has sent another.
  await updateRegistration(trx, registration.caseId, { email, subject, tokenHash: null, changedAt: new Date(clock.now()) })
  await updateContact(trx, person.id, { email, phone: null, address: null, language: person.language })
  if (registration.subject && registration.subject !== subject) await installation.citizens.deletePending(registration.subject)
}
