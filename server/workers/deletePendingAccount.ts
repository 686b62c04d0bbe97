import { deletePendingAccount as deleteAccount } from '../cases/registration/deletePendingAccount.ts'
import { caseIdOf } from './jobInput.ts'
import type { Worker } from './worker.ts'

/** `delete-pending-account`: undoes `create-pending-account`: the account that nobody opened is removed. */
export const deletePendingAccount: Worker = async (context, job) => {
  await deleteAccount(context, await caseIdOf(context, job))
}
