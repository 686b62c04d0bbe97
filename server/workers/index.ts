import type { Context } from '../cases/context.ts'
import { done, forwarded, type JobWorker } from '../zeebe/jobWorker.ts'
import { checkTerm } from './checkTerm.ts'
import { closeActivation } from './closeActivation.ts'
import { askForPayment } from './askForPayment.ts'
import { closeCase } from './closeCase.ts'
import { createPendingAccount } from './createPendingAccount.ts'
import { deletePendingAccount } from './deletePendingAccount.ts'
import { deliverAct } from './deliverAct.ts'
import { makeAct } from './makeAct.ts'
import { missSupplement } from './missSupplement.ts'
import { sendActivation } from './sendActivation.ts'
import { sendReceipt } from './sendReceipt.ts'
import { setStatus } from './setStatus.ts'
import { userTask } from './userTask.ts'
import { warnOfTerm } from './warnOfTerm.ts'
import type { Worker } from './worker.ts'

const dayMs = 24 * 3_600_000

/** Which worker does which job type: the whole list, in the order of a case's life. */
export const workers: Readonly<Record<string, JobWorker<Context>>> = {
  'send-receipt': automatic(sendReceipt),
  'ask-for-payment': automatic(askForPayment),
  'io.camunda.zeebe:userTask': inbox(userTask),
  'check-term': automatic(checkTerm),
  'warn-of-term': automatic(warnOfTerm),
  'miss-supplement': automatic(missSupplement),
  'make-act': automatic(makeAct),
  'set-status': automatic(setStatus),
  'deliver-act': automatic(deliverAct),
  'create-pending-account': automatic(createPendingAccount),
  'send-activation': automatic(sendActivation),
  'close-activation': automatic(closeActivation),
  'delete-pending-account': automatic(deletePendingAccount),
  'close-case': automatic(closeCase),
}

/** Done when the worker is done. */
function automatic(worker: Worker): JobWorker<Context> {
  return { work: async (context, job) => done((await worker(context, job)) ?? undefined) }
}

/** Stored by the worker, completed by a person: the job is ours for a month, then it comes again and is known. */
function inbox(worker: Worker): JobWorker<Context> {
  return {
    timeoutMs: 30 * dayMs,
    maxJobs: 32,
    async work(context, job) {
      await worker(context, job)
      return forwarded
    },
  }
}
