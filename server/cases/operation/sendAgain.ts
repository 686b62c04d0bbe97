import { refuse } from '../../base/errors.ts'
import type { Transaction } from '../../db/transaction.ts'
import { mobileNumber } from '../../rules/phones/mobileNumber.ts'
import type { Municipality } from '../../zeebe/municipality.ts'
import { isEmail } from '../../rules/isEmail.ts'
import { addAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { may } from '../may.ts'
import type { Message } from '../message.ts'
import { addToOutbox, isToPerson, type OutboxPayload } from '../outbox.ts'
import { correctAddress, findMessage, waitAgain } from '../store/messageRows.ts'
import { lockStalled, removeOutbox } from '../store/stalledRows.ts'
import { tasksOfCase } from '../store/taskRows.ts'

export interface SendAgain {
  /** Why it is right to send it now; kept in the audit. */
  reason: string
  /** Of a message to a person: where to send it instead. */
  address?: string | undefined
}

/**
 * Sends what was stalled as if it had been decided now. The start of a process is refused when the case has tasks already:
 * it did arrive, and a second start would run the procedure twice.
 */
export async function sendAgain(context: Context, entryId: string, { reason, address }: SendAgain): Promise<void> {
  const { actor, clock, db, wakeOutbox } = context
  if (!may(actor, 'operation.mend')) refuse('not-allowed', 'not-allowed')
  await db.transaction(async (trx) => {
    const entry = await lockStalled(trx, entryId)
    if (!entry) refuse('not-found', 'not-found')
    const { payload } = entry
    if (payload.kind === 'publish-message' && isStart(payload) && (await hasBegun(trx, payload))) refuse('wrong-state', 'process-has-begun')
    if (isToPerson(payload)) await makeSendable(trx, context, payload.messageId, address)
    await removeOutbox(trx, entryId)
    await addToOutbox(trx, payload, clock.now())
    await addAudit(trx, context, {
      action: 'outbox.send-again', subject: entryId, reason, facts: { kind: payload.kind, corrected: address !== undefined },
    })
  })
  wakeOutbox()
}

/** A case starts by a message with its own id; any other message is for a process that runs. */
function isStart({ messageId, correlationKey }: Extract<OutboxPayload, { kind: 'publish-message' }>): boolean {
  return messageId === correlationKey
}

async function hasBegun(trx: Transaction, { correlationKey }: Extract<OutboxPayload, { kind: 'publish-message' }>): Promise<boolean> {
  return (await tasksOfCase(trx, correlationKey)).length > 0
}

async function makeSendable(trx: Transaction, { tenant }: Context, messageId: string, address: string | undefined): Promise<void> {
  const message = await findMessage(trx, messageId)
  if (!message) refuse('not-found', 'not-found')
  if (address !== undefined) await correctAddress(trx, messageId, addressOf(message, address, tenant.country))
  await waitAgain(trx, messageId)
}

/** The corrected address as the message's channel takes it. */
function addressOf({ channel }: Message, given: string, country: Municipality['country']): string {
  if (channel === 'email') return isEmail(given) ? given : refuse('invalid', 'address-not-understood')
  const mobile = mobileNumber(given, country)
  return mobile.ok ? mobile.e164 : refuse('invalid', 'address-not-understood')
}
