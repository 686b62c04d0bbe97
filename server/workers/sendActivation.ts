import { sendActivation as sendLink } from '../cases/registration/sendActivation.ts'
import { caseIdOf } from './jobInput.ts'
import type { Worker } from './worker.ts'

/**
 * `send-activation`: mails the link that opens the account. Answers until when to wait for it (`activationEndsAt`), and whether it
 * was sent again because nobody used the first (`resent`; header `again` = `true`).
 */
export const sendActivation: Worker = async (context, job) => {
  const caseId = await caseIdOf(context, job)
  return { activationEndsAt: await sendLink(context, caseId, job.key), resent: job.headers.again === 'true' }
}
