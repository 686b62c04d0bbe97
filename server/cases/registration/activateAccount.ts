import { v7 as uuidv7 } from 'uuid'
import { refuse, type RefusalKind } from '../../base/errors.ts'
import type { Transaction } from '../../db/transaction.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { insertAccount } from '../store/accountRows.ts'
import { updateRegistration } from '../store/registrationRows.ts'
import { addTimeline } from '../timeline.ts'
import { isRightCode } from './activationCode.ts'
import { openLink, type OpenedLink } from './lookAtLink.ts'
import { isLinkAlive, isOver } from './registration.ts'
import { tellProcess } from './tellProcess.ts'

/**
 * Opens the account: the link of the mail and the code of the slip together, then the password. The account is tied to the person's
 * row, so that the first login finds it. Refusals: link-unknown, link-expired, registration-over, number-or-code-wrong (counted; the
 * eighth ends the link), password-refused. Answers the user name.
 */
export async function activateAccount(context: Context, given: { token: string; code: string; password: string }): Promise<string> {
  const done = await withLinkAndCode(context, given, async (trx, { registration, case: case_ }) => {
    const { clock, installation } = context
    if (!registration.subject) throw new Error(`Expected registration ${case_.id} to have an account while it waits, but it has none`)
    // Keycloak first: when it does not answer, nothing has happened here, and doing it twice does no harm.
    await installation.citizens.activate(registration.subject, given.password)
    const at = new Date(clock.now())
    await insertAccount(trx, { id: uuidv7(), subject: registration.subject, personId: registration.personId, createdAt: at })
    await updateRegistration(trx, case_.id, { state: 'active', changedAt: at })
    await addTimeline(trx, { caseId: case_.id, atMs: clock.now(), kind: 'account-activated', onlyOnce: `account-activated ${case_.id}` })
    await tellProcess(trx, context, case_.id, 'email-confirmed')
    await addAudit(trx, context, { action: 'account.activate', subject: case_.id, forWhom: registration.personId })
    return { email: registration.email, caseId: case_.id }
  })
  context.wakeOutbox()
  context.events.publish({ kind: 'case-changed', tenantId: context.tenant.id, caseId: done.caseId, taskId: null })
  return done.email
}

/** The person does not want the account after all; link and code as for {@link activateAccount}. */
export async function declineAccount(context: Context, given: { token: string; code: string }): Promise<void> {
  await withLinkAndCode(context, given, async (trx, { registration, case: case_ }) => {
    const { clock } = context
    await updateRegistration(trx, case_.id, { state: 'cancelled', changedAt: new Date(clock.now()) })
    await addTimeline(trx, { caseId: case_.id, atMs: clock.now(), kind: 'registration-cancelled', onlyOnce: `cancelled ${case_.id}` })
    await tellProcess(trx, context, case_.id, 'request-withdrawn')
    await addAudit(trx, context, { action: 'account.decline', subject: case_.id, forWhom: registration.personId })
  })
  context.wakeOutbox()
}

type Tried<Result> = { done: Result } | { refused: [RefusalKind, string] }

/** Does something for whoever shows link and code. A wrong code is counted, so it is refused only after the count is kept. */
async function withLinkAndCode<Result>(
  context: Context,
  { token, code }: { token: string; code: string },
  work: (trx: Transaction, opened: OpenedLink) => Promise<Result>,
): Promise<Result> {
  const { clock, db, keys, tenant } = context
  const tried = await db.transaction(async (trx): Promise<Tried<Result>> => {
    const opened = await openLink(trx, token)
    const { registration, case: case_ } = opened
    if (isOver(registration)) return { refused: ['wrong-state', 'registration-over'] }
    if (!isLinkAlive(registration, clock.now())) return { refused: ['wrong-state', 'link-expired'] }
    if (isRightCode(keys, tenant.id, case_, code)) return { done: await work(trx, opened) }
    await updateRegistration(trx, case_.id, { tries: registration.tries + 1, changedAt: new Date(clock.now()) })
    return { refused: ['not-found', 'number-or-code-wrong'] }
  })
  return 'done' in tried ? tried.done : refuse(...tried.refused)
}
