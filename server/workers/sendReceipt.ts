import { noteFee } from '../cases/noteFee.ts'
import { sendToApplicant } from '../cases/sendToApplicant.ts'
import { caseIdOf } from './jobInput.ts'
import type { Worker } from './worker.ts'

/** `send-receipt`: mails the receipt, and keeps the fee when the process has worked one out before (variable `feeMinor`). */
export const sendReceipt: Worker = async (context, job) => {
  const caseId = await caseIdOf(context, job)
  if (typeof job.variables.feeMinor === 'number') await noteFee(context, caseId, job.variables.feeMinor)
  await sendToApplicant(context, caseId, 'receipt', { onlyOnce: job.key })
}
