import type { Transaction } from '../db/transaction.ts'
import type { Message } from './message.ts'
import { addTimeline } from './timeline.ts'

/** Writes into the office's history that a message about a case did not reach the applicant. */
export async function noteFailedMessage(
  trx: Transaction, { caseId, channel, kind }: Pick<Message, 'caseId' | 'channel' | 'kind'>, { atMs, onlyOnce }: { atMs: number; onlyOnce?: string },
): Promise<void> {
  if (caseId === null) return
  await addTimeline(trx, {
    caseId, atMs, kind: 'message-failed', facts: { channel, kind }, staffOnly: true, ...(onlyOnce !== undefined && { onlyOnce }),
  })
}
