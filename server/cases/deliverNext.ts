import { Outage, Refusal } from '../base/errors.ts'
import { accessCodeOf, inGroups } from './accessCode.ts'
import type { Context } from './context.ts'
import { offerCode } from './mandates/offerMandate.ts'
import type { Message, MessageFailure } from './message.ts'
import { noteFailedMessage } from './noteFailedMessage.ts'
import { isToPerson, type OutboxEntry, type OutboxPayload } from './outbox.ts'
import { goneReasons } from './proveAlive.ts'
import { activationLinkOf } from './registration/activationLink.ts'
import { findCase } from './store/caseRows.ts'
import { findMessage, noteAttempt } from './store/messageRows.ts'
import { settleOutbox, takeDueOutbox } from './store/outboxRows.ts'
import { lockTask, saveTask } from './store/taskRows.ts'

// A message id protects only while Zeebe keeps the message (24 h): half of that is a safe distance (architecture, decision 3).
const staleMs = 12 * 3_600_000
// Longer than any neighbor may take to answer: a loop that died holds an entry up for this long.
const takenForMs = 60_000
const longestPauseMs = 60_000

/**
 * Delivers the oldest due entry of the tenant's outbox; answers whether there was one. What failed without a refusal (a neighbor
 * that is silent, a database that is restarted, a mistake of ours) is tried again, later each time. What is older than twelve
 * hours, or refused for good, is stalled: never sent again, shown to the operator.
 */
export async function deliverNext(context: Context, kinds: readonly OutboxPayload['kind'][]): Promise<boolean> {
  const { clock, db, log } = context
  const nowMs = clock.now()
  const entry = await db.transaction((trx) => takeDueOutbox(trx, kinds, new Date(nowMs), new Date(nowMs + takenForMs)))
  if (!entry) return false
  const facts = { outbox: entry.id, kind: entry.payload.kind, attempt: entry.attempts }
  if (nowMs - entry.createdAt.getTime() > staleMs) {
    await stall(context, entry, 'older than twelve hours', 'gave-up')
    return true
  }
  try {
    await deliver(context, entry)
  } catch (error) {
    const lastError = error instanceof Error ? error.message : String(error)
    // Not allowed: our token has ended or is not there yet. That passes, and nothing is wrong with the entry.
    if (error instanceof Refusal && error.kind !== 'not-allowed') {
      await stall(context, entry, lastError, 'refused')
      return true
    }
    const pauseMs = Math.min(longestPauseMs, 1000 * 2 ** (entry.attempts - 1))
    await db.transaction((trx) => settleOutbox(trx, entry.id, { nextAt: new Date(clock.now() + pauseMs), lastError }))
    // The reason stays in the row, as when it is stalled: only the name of a silent neighbor is harmless for sure.
    log.warn('outbox-later', { ...facts, system: error instanceof Outage ? error.system : undefined, pauseMs })
    return true
  }
  await db.transaction((trx) => settleOutbox(trx, entry.id, { deliveredAt: new Date(clock.now()), lastError: null }))
  return true
}

function deliver(context: Context, entry: OutboxEntry): Promise<void> {
  const { payload } = entry
  if (payload.kind === 'publish-message') return publish(context, payload)
  if (payload.kind === 'complete-job') return complete(context, payload, entry.attempts)
  return send(context, payload.messageId)
}

async function publish(
  { engine }: Context,
  { name, correlationKey, messageId, timeToLiveMs, variables }: Extract<OutboxPayload, { kind: 'publish-message' }>,
): Promise<void> {
  try {
    await engine.publishMessage({ name, correlationKey, messageId, timeToLiveMs, variables })
  } catch (error) {
    // An earlier attempt has arrived although its reply has not.
    if (error instanceof Refusal && error.kind === 'already-exists') return
    throw error
  }
}

async function complete(
  context: Context,
  { jobKey, taskId, variables }: Extract<OutboxPayload, { kind: 'complete-job' }>,
  attempts: number,
): Promise<void> {
  const { db, engine, events, tenant } = context
  let isGone = false
  try {
    await engine.completeJob(jobKey, variables)
  } catch (error) {
    if (!(error instanceof Refusal && error.kind === 'not-found')) throw error
    // After a retry the first attempt has most likely done it; at the first attempt something took the job away.
    isGone = attempts === 1
  }
  const task = await db.transaction(async (trx) => {
    const task = await lockTask(trx, taskId)
    if (task?.status !== 'completing') return undefined
    return saveTask(trx, { ...task, status: isGone ? 'gone' : 'completed', goneReason: isGone ? goneReasons.takenAway : null })
  })
  if (task) events.publish({ kind: isGone ? 'task-gone' : 'task-changed', tenantId: tenant.id, caseId: task.caseId, taskId })
}

// An invitation has the id of what it offers.
function offerCodeOf({ keys, tenant }: Context, { kind, id }: Message): string {
  return kind === 'mandate-offer' ? offerCode(keys, tenant.id, id) : ''
}

async function send(context: Context, messageId: string): Promise<void> {
  const { channels, clock, db, keys, tenant } = context
  const { message, case_, activation } = await db.transaction(async (trx) => {
    const message = await findMessage(trx, messageId)
    const case_ = message?.caseId ? await findCase(trx, message.caseId) : undefined
    return { message, case_, activation: message ? await activationLinkOf(trx, context, message) : '' }
  })
  if (!message || message.status === 'sent' || message.status === 'delivered') return
  const code = case_ ? inGroups(accessCodeOf(keys, tenant.id, case_.clientKey)) : offerCodeOf(context, message)
  const attempts = message.attempts + 1
  const channel = channels[message.channel]
  // Switched off since it was written: it waits until it is back, or somebody sends it another way.
  if (!channel) throw new Outage(message.channel, new Error('Expected the channel to be there, but it is switched off'))
  const outgoing = {
    id: message.id,
    to: message.address,
    subject: message.subject,
    text: message.body.replace('{code}', code).replace('{activation}', activation),
    language: message.language,
    attachments: [],
    ...(message.channel === 'sms' && { reportTo: reportAddress(context) }),
  }
  const { externalId } = await channel.send(outgoing).catch(async (error: unknown) => {
    const lastError = error instanceof Error ? error.message : String(error)
    await db.transaction((trx) => noteAttempt(trx, message.id, { status: 'waiting', attempts, lastError }))
    throw error
  })
  const sentAt = new Date(clock.now())
  await db.transaction((trx) => noteAttempt(trx, message.id, { status: 'sent', attempts, sentAt, externalId }))
}

/** Where a gateway tells of arrival: the town's own hook, because ids of messages mean nothing outside their town. */
function reportAddress({ publicUrl, tenant }: Context): string {
  return `${publicUrl}/hooks/${tenant.id}/sms`
}

async function stall({ clock, db, log }: Context, entry: OutboxEntry, reason: string, failure: MessageFailure): Promise<void> {
  const { payload } = entry
  await db.transaction(async (trx) => {
    await settleOutbox(trx, entry.id, { stalledAt: new Date(clock.now()), lastError: reason })
    if (!isToPerson(payload)) return
    const message = await findMessage(trx, payload.messageId)
    if (!message) return
    await noteAttempt(trx, message.id, { status: 'failed', attempts: message.attempts, lastError: reason, failure })
    await noteFailedMessage(trx, message, { atMs: clock.now() })
  })
  // The reason stays in the row: a mail server's words may name the recipient.
  log.error('outbox-stalled', { outbox: entry.id, kind: payload.kind, attempt: entry.attempts })
}
