import type { Transaction } from '../../db/transaction.ts'
import type { ChannelName } from '../case.ts'
import type { Message, MessageFailure } from '../message.ts'
import { ours } from './ours.ts'

export type NewMessage = Pick<Message, 'id' | 'caseId' | 'channel' | 'kind' | 'address' | 'language' | 'subject' | 'body'> & {
  onlyOnce: string
  createdAt: Date
  /** Of a text message: how many it takes. */
  parts?: number
  /** It is not to be sent at all. */
  failure?: MessageFailure
}

/** Writes a message to be sent; answers false when `onlyOnce` has been written before. */
export async function insertMessage(trx: Transaction, message: NewMessage): Promise<boolean> {
  const written = await trx('messages')
    .insert({
      tenant_id: ours(trx),
      id: message.id,
      case_id: message.caseId,
      channel: message.channel,
      direction: 'out',
      kind: message.kind,
      address: message.address,
      language: message.language,
      subject: message.subject,
      body: message.body,
      only_once: message.onlyOnce,
      parts: message.parts ?? null,
      status: message.failure ? 'failed' : 'waiting',
      failure: message.failure ?? null,
      created_at: message.createdAt,
    })
    .onConflict(trx.raw('(tenant_id, only_once) WHERE only_once IS NOT NULL'))
    .ignore()
    .returning('id')
  return written.length === 1
}

/** How many text messages a number has been sent or is to be sent since then. */
export async function countTextsTo(trx: Transaction, address: string, since: Date): Promise<number> {
  const { rows }: { rows: { count: number }[] } = await trx.raw(
    `SELECT count(*)::int AS count
     FROM   messages
     WHERE  tenant_id = current_tenant() AND channel = 'sms' AND address = :address AND created_at > :since
       AND  failure IS DISTINCT FROM 'too-many'`,
    { address, since },
  )
  return rows[0]!.count
}

export async function findMessage(trx: Transaction, id: string): Promise<Message | undefined> {
  const row: MessageRow | undefined = await trx('messages').where({ id, direction: 'out' }).first()
  return row && toMessage(row)
}

/** What the town has written about a case, the oldest first. */
export async function messagesOfCase(trx: Transaction, caseId: string): Promise<Message[]> {
  const rows: MessageRow[] = await trx('messages').where({ case_id: caseId, direction: 'out' }).orderBy(['created_at', 'id'])
  return rows.map(toMessage)
}

/** What an attempt came to. It counts only while the message waits: a report of its arrival may be quicker than the neighbor's answer. */
export async function noteAttempt(trx: Transaction, id: string, attempt: Attempt): Promise<void> {
  await trx('messages')
    .where({ id, status: 'waiting' })
    .update({
      attempts: attempt.attempts,
      status: attempt.status,
      ...(attempt.status === 'sent'
        ? { sent_at: attempt.sentAt, external_id: attempt.externalId, last_error: null }
        : { last_error: attempt.lastError, failure: attempt.status === 'failed' ? attempt.failure : null }),
    })
}

export type Attempt = { attempts: number } & (
  | { status: 'waiting'; lastError: string }
  | { status: 'sent'; sentAt: Date; externalId: string }
  | { status: 'failed'; lastError: string; failure: MessageFailure }
)

/** It failed, and is to be sent once more. */
export async function waitAgain(trx: Transaction, id: string): Promise<void> {
  await trx('messages').where({ id }).update({ status: 'waiting', last_error: null, failure: null })
}

/** What the neighbor reports of a message that it took; answers false when that was known, or the message had failed for good. */
export async function noteArrival(
  trx: Transaction, id: string, arrival: { status: 'delivered'; at: Date } | { status: 'failed'; at: Date; reason: string },
): Promise<boolean> {
  const change = arrival.status === 'delivered'
    ? { status: 'delivered', delivered_at: arrival.at, failure: null, last_error: null }
    : { status: 'failed', failure: 'undelivered', last_error: arrival.reason }
  const changed = await trx('messages')
    .where({ id, direction: 'out' })
    .whereIn('status', ['waiting', 'sent'])
    .update({ ...change, sent_at: trx.raw('coalesce(sent_at, ?)', [arrival.at]) })
  return changed === 1
}

/** Where the message goes instead of where it was meant to go. */
export async function correctAddress(trx: Transaction, id: string, address: string): Promise<void> {
  await trx('messages').where({ id }).update({ address })
}

/** A message as a list of them shows it, in or out, over whatever channel. */
export interface MessageLine {
  id: string
  caseId: string
  channel: ChannelName
  direction: 'in' | 'out'
  subject: string
  status: 'waiting' | 'sent' | 'failed' | 'received'
  at: Date
}

/** The messages of these cases, newest first. */
export async function messagesOfCases(trx: Transaction, caseIds: readonly string[], most: number): Promise<MessageLine[]> {
  return trx('messages').whereIn('case_id', [...caseIds]).orderBy([{ column: 'created_at', order: 'desc' }, { column: 'id', order: 'desc' }])
    .limit(most).select('id', 'case_id as caseId', 'channel', 'direction', 'subject', 'status', 'created_at as at')
}

interface MessageRow {
  id: string
  case_id: string | null
  channel: Message['channel']
  kind: Message['kind']
  address: string
  language: string
  subject: string
  body: string
  status: Message['status']
  failure: Message['failure']
  attempts: number
  created_at: Date
  sent_at: Date | null
  delivered_at: Date | null
}

function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    caseId: row.case_id,
    channel: row.channel,
    kind: row.kind,
    address: row.address,
    language: row.language,
    subject: row.subject,
    body: row.body,
    status: row.status,
    failure: row.failure,
    attempts: row.attempts,
    createdAt: row.created_at,
    sentAt: row.sent_at,
    deliveredAt: row.delivered_at,
  }
}
