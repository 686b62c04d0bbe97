import { askForPayment } from '../cases/payments/askForPayment.ts'
import { noteFee } from '../cases/noteFee.ts'
import { sendToApplicant } from '../cases/sendToApplicant.ts'
import { caseIdOf } from './jobInput.ts'
import type { Worker } from './worker.ts'

/** `send-receipt`: sends the receipt; when the process has worked out a fee before (variable `feeMinor`), keeps it and asks for it. */
export const sendReceipt: Worker = async (context, job) => {
  const caseId = await caseIdOf(context, job)
  if (typeof job.variables.feeMinor === 'number') {
    await noteFee(context, caseId, job.variables.feeMinor)
    await askForPayment(context, caseId)
  }
  await sendToApplicant(context, caseId, 'receipt', { onlyOnce: job.key })
}
