import type { Transaction } from '../../db/transaction.ts'
import type { Context } from '../context.ts'
import { addToOutbox } from '../outbox.ts'

// The process may be a step behind; it finds the message when it gets there.
const messageLifeMs = 24 * 3_600_000

/** Tells the process of a registration what has happened. `nth` makes a message of its own of what may happen several times. */
export async function tellProcess(
  trx: Transaction,
  { clock }: Context,
  caseId: string,
  name: 'email-confirmed' | 'send-again' | 'request-withdrawn',
  nth = 0,
): Promise<void> {
  const messageId = `${caseId} ${name} ${nth}`
  const message = { name, correlationKey: caseId, messageId, timeToLiveMs: messageLifeMs, variables: {} }
  await addToOutbox(trx, { kind: 'publish-message', ...message }, clock.now())
}
