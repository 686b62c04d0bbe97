import { createPendingAccount as createAccount } from '../cases/registration/createPendingAccount.ts'
import { caseIdOf } from './jobInput.ts'
import type { Worker } from './worker.ts'

/**
 * `create-pending-account`: makes the account of the registration, shut until its address is confirmed. A BPMN error
 * `account-exists` when the person has one.
 */
export const createPendingAccount: Worker = async (context, job) => {
  await createAccount(context, await caseIdOf(context, job))
}
